import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useConnection } from '../../../../renderer/stores/connection'
import { usePreferences } from '../../../../renderer/stores/preferences'
import { DEFAULT_PREFERENCES } from '../../../../shared/model/preferences'

const KEY = 'isoscope.preferences'

/** As after a host has said that it keeps nothing. */
function beginInBrowser(): void {
  setActivePinia(createPinia())
  useConnection().ownHost = { host: 'web', version: '1', abilities: [], shortcuts: [] }
}

beforeEach(() => {
  localStorage.clear()
  beginInBrowser()
})

afterEach(() => vi.unstubAllGlobals())

it('are kept by the browser where no host keeps them, and the page takes the theme at once', async () => {
  await usePreferences().change({ theme: 'dark', isReportMasked: true })
  await nextTick()
  expect({ kept: JSON.parse(localStorage.getItem(KEY) ?? ''), theme: document.documentElement.dataset['theme'] })
    .toEqual({ kept: { ...DEFAULT_PREFERENCES, theme: 'dark', isReportMasked: true }, theme: 'dark' })

  beginInBrowser()
  expect(usePreferences().preferences).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark', isReportMasked: true })
})

it.each(['', 'null', '{', '{"theme":"dark"}', JSON.stringify({ ...DEFAULT_PREFERENCES, liveEveryMs: 1 })])('are the defaults when the browser kept %j', (text) => {
  localStorage.setItem(KEY, text)
  expect(usePreferences().preferences).toEqual(DEFAULT_PREFERENCES)
})

it('hold, and say why, when the browser has no room', async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError') } })
  const preferences = usePreferences()
  await preferences.change({ theme: 'light' })
  expect([preferences.preferences.theme, preferences.problem?.code]).toEqual(['light', 'PREFERENCES_NOT_KEPT'])
})

it('wait for the host to say who keeps them, and lose nothing that was chosen before', async () => {
  setActivePinia(createPinia())
  const preferences = usePreferences()
  await preferences.change({ theme: 'dark' })
  expect([preferences.preferences.theme, localStorage.getItem(KEY)]).toEqual(['dark', null])

  useConnection().ownHost = { host: 'web', version: '1', abilities: [], shortcuts: [] }
  await vi.waitFor(() => expect(JSON.parse(localStorage.getItem(KEY) ?? 'null')).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark' }))
})
