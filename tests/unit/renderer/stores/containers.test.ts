import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useConnection } from '../../../../renderer/stores/connection'
import { useContainers } from '../../../../renderer/stores/containers'

/** What the page asked for, and whether that was ended. */
let asked: { input: unknown, signal: AbortSignal }[]
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  asked = []
  await useConnection().openSample()
  const { recording } = useConnection()
  if (!recording)
    throw new Error('the sample is not open')
  vi.spyOn(recording.client, 'stream').mockImplementation((_name, input, options) => {
    asked.push({ input, signal: options?.signal ?? new AbortController().signal })
    return (async function* () {})()
  })
})
afterEach(() => {
  see('visible')
  vi.restoreAllMocks()
})

function see(state: 'visible' | 'hidden'): Promise<void> {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
  return nextTick()
}

it('asks for nothing but the choice of another engine while nobody can see the page, and for the list when somebody can again', async () => {
  useContainers()
  await nextTick()
  await see('hidden')
  await see('visible')
  expect(asked.map(({ input }) => input)).toEqual([{}, { isUnseen: true }, {}])
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false])
})
