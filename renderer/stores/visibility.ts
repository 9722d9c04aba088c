import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether anybody can see the page: while nobody can, nothing is asked for, and an engine that wants to sleep may. */
export const useVisibility = defineStore('visibility', () => {
  const isVisible = ref(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', () => {
    isVisible.value = document.visibilityState === 'visible'
  })
  return { isVisible }
})
