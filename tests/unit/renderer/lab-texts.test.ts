import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import de from '../../../renderer/i18n/de.json'
import en from '../../../renderer/i18n/en.json'
import { useLabWords } from '../../../renderer/stores/lab-words'
import { labSteps } from '../../../shared/lab/lab-steps'

/** Every text by its whole name. */
function texts(of: object, path = ''): Record<string, string> {
  return Object.fromEntries(Object.entries(of).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : Object.entries(texts(value, `${path}${key}.`))))
}
const [english, german] = [texts(en), texts(de)]
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()

describe('the lab’s texts', () => {
  it('are the same ones in both languages, with the same placeholders and the same code', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english))
    for (const [name, text] of Object.entries(english)) {
      expect([name, placeholders(german[name] ?? '')]).toEqual([name, placeholders(text)])
      expect([name, [...(german[name] ?? '').matchAll(/`[^`]+`/g)].length]).toEqual([name, [...text.matchAll(/`[^`]+`/g)].length])
    }
  })

  it('have nothing that the message format takes for its own', () => {
    for (const [name, text] of [...Object.entries(english), ...Object.entries(german)])
      expect([name, text.replaceAll(/\{\w+\}/g, '').match(/[{}@|$<>]/)]).toEqual([name, null])
  })

  it('are there for every choice and every answer of each step', () => {
    for (const { id, question } of labSteps) {
      const wanted = ['title', 'lead', 'question', 'do', 'saw', 'why', ...question.kind === 'choice' ? question.choices.flatMap(choice => [`choices.${choice}`, `answers.${choice}`]) : []]
      expect(wanted.filter(name => !(`steps.${id}.${name}` in english))).toEqual([])
    }
    expect(['pid-host', 'network-host', 'memory'].map(step => `steps.${step}.answers.more` in english)).toEqual([true, true, true])
    expect('steps.hostname.answers.other' in english).toBe(true)
  })

  it('have an end for every sentence that has a beginning', () => {
    for (const [name, text] of [...Object.entries(english), ...Object.entries(german)].filter(([key]) => /\.(?:lead|saw|why|what|fix)$/.test(key)))
      expect([name, /[.?:]$/.test(text)]).toEqual([name, true])
  })
})

describe('the lab’s language', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })

  it('is the system’s at first, then the chosen one, and numbers are written as it writes them', async () => {
    const words = useLabWords()
    expect([words.language, words.count(12_345), words.bytes(64 * 1024 ** 2), words.bytes(1_610_612_736)]).toEqual(['en', '12,345', '64 MiB', '1.5 GiB'])
    await words.choose('de')
    expect([words.language, words.count(12_345), words.bytes(1_610_612_736), words.say('steps.list.saw', { rows: 1234, count: 'x' })]).toEqual(['de', '12.345', '1,5 GiB', expect.stringContaining('Zeilen in `docker ps`: 1.234')])
    expect([words.has('problems.LAB_BUSY.what'), words.has('problems.ENGINE_REFUSED.what')]).toEqual([true, false])
  })

  it('names a value as it is, whatever is in it', () => {
    expect(useLabWords().say('steps.hostname.saw', { inside: '{outside}@x', outside: '<b>' })).toBe('Inside it is {outside}@x, on the host <b>.')
  })
})
