import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { LAB_LANGUAGES, type LabLanguage } from '../../shared/model/preferences'
import de from '../i18n/de.json'
import en from '../i18n/en.json'
import { usePreferences } from './preferences'

/** The guided lab's texts in the language that was chosen, at first the system's. */
export const useLabWords = defineStore('lab-words', () => {
  const preferences = usePreferences()
  const { global } = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, messages: { en, de } })
  const language = computed(() => preferences.preferences.labLanguage ?? systemLanguage())
  watch(language, (next) => { global.locale.value = next }, { immediate: true })

  /** The text of that name, as renderer/i18n has it; a number in it is written as the language writes one. */
  function say(name: string, values: Readonly<Record<string, string | number>> = {}): string {
    const written = Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? global.n(value) : value])
    return global.t(name, Object.fromEntries(written))
  }

  /** An amount, as the language writes one. */
  const count = (value: number): string => global.n(value)
  /** A size as the language writes one, to a tenth of its unit: `64 MiB`. */
  function bytes(value: number): string {
    const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(value) / 10)))
    return `${global.n(value / 1024 ** step, { maximumFractionDigits: 1 })} ${UNITS[step]}`
  }
  const has = (name: string): boolean => global.te(name)
  const choose = (labLanguage: LabLanguage): Promise<void> => preferences.change({ labLanguage })

  return { language, say, count, bytes, has, choose }
})

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

const systemLanguage = (): LabLanguage =>
  LAB_LANGUAGES.find(language => navigator.language.toLowerCase().startsWith(language)) ?? 'en'
