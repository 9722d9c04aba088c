import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, type EffectScope, nextTick } from 'vue'
import { useConnection } from '../../../../renderer/stores/connection'
import { useLogs } from '../../../../renderer/stores/logs'
import type { Reply, Request } from '../../../../shared/contract/wire'
import type { LogBatch } from '../../../../shared/model/logs'

const ID = 'c'.repeat(64)
const BATCH: LogBatch = { lines: [], droppedCount: 0, state: 'follows', problem: null }

/** What the page has asked of its host that is still open: the numbers of its calls for logs. */
let open: number[]
let askedCount: number
let answer: (reply: Reply) => void
let view: EffectScope

beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  open = []
  askedCount = 0
  Reflect.set(window, 'isoscope', {
    send: (frame: Request) => {
      if (frame.frame === 'cancel')
        open = open.filter(id => id !== frame.id)
      if (frame.frame === 'call' && frame.name === 'logs.watch') {
        open.push(frame.id)
        askedCount += 1
      }
    },
    onFrame: (listener: (text: string) => void) => { answer = reply => listener(JSON.stringify(reply)) },
  })
  await useConnection().start(null, false, () => null)
  view = effectScope()
  view.run(() => useLogs().show(ID))
  await nextTick()
})
afterEach(async () => {
  await see('visible')
  view.stop()
  Reflect.deleteProperty(window, 'isoscope')
})

function see(state: 'visible' | 'hidden'): Promise<void> {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
  return nextTick()
}

const tell = (...texts: string[]): void => answer({
  frame: 'item',
  id: open[0] ?? expect.fail('nobody asks'),
  value: { ...BATCH, lines: texts.map(text => ({ stream: 'stdout', at: `stamp of ${text}`, text, isCut: false })) },
})
const shown = (): string[] => useLogs().rows.map(({ text }) => text)

it.each([
  ['nobody can see the page', () => see('hidden'), () => see('visible')],
  ['it is paused', () => { useLogs().isPaused = true; return nextTick() }, () => { useLogs().isPaused = false; return nextTick() }],
])('asks for nothing while %s, keeps its lines, and goes on without one twice', async (_when, leave, comeBack) => {
  tell('one', 'two')
  await expect.poll(shown).toEqual(['one', 'two'])
  await leave()
  await expect.poll(() => open).toEqual([])
  expect(shown()).toEqual(['one', 'two'])
  await comeBack()
  expect(askedCount).toBe(2)
  tell('one', 'two', 'three')
  await expect.poll(shown).toEqual(['one', 'two', 'three'])
  tell('four')
  await expect.poll(shown).toEqual(['one', 'two', 'three', 'four'])
})

it('asks for nothing when no view shows it any more, and nothing of one container is shown with another', async () => {
  tell('of the first')
  await expect.poll(shown).toEqual(['of the first'])
  view.stop()
  await expect.poll(() => open).toEqual([])
  effectScope().run(() => useLogs().show('d'.repeat(64)))
  expect(shown()).toEqual([])
})

it('says what ended it, keeps its lines, and asks again when it is told to', async () => {
  tell('one')
  await expect.poll(shown).toEqual(['one'])
  const problem = { code: 'LOGS_BROKEN', what: 'It is broken.', fix: 'Mend it.' }
  answer({ frame: 'failure', id: open[0] ?? -1, problem })
  await expect.poll(() => useLogs().problem).toEqual(problem)
  expect([shown(), useLogs().state]).toEqual([['one'], null])
  useLogs().again()
  await nextTick()
  expect([askedCount, useLogs().problem]).toEqual([2, null])
})
