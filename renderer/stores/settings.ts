import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const THEME_KEY = 'isoscope.theme'

/** What the person chose, kept in this browser. */
export const useSettings = defineStore('settings', () => {
  const theme = ref<Theme>(THEMES.find(name => name === localStorage.getItem(THEME_KEY)) ?? 'system')

  watch(theme, (chosen) => {
    localStorage.setItem(THEME_KEY, chosen)
    document.documentElement.dataset['theme'] = chosen
  }, { immediate: true })

  return { theme }
})
