import { expect, it } from 'vitest'
import { createActionLog } from '../../../../engine/actions/action-log'
import { ProblemError } from '../../../../shared/model/problem'

const NOW = new Date('2026-11-28T12:00:00.000Z')
const STOP = { engine: 'unix:///var/run/docker.sock', command: 'docker stop web' }
const START = { verb: 'start', container: { id: 'a'.repeat(64), name: 'web' } } as const

it('holds an action from its beginning, and then what came of it', async () => {
  const log = createActionLog(() => NOW)
  const stop = new AbortController()
  const lists = log.watch(stop.signal)[Symbol.asyncIterator]()
  expect((await lists.next()).value).toEqual([])
  let end = (): void => {}
  const recorded = log.record(STOP, () => new Promise((resolve) => { end = () => resolve(START) }))
  expect((await lists.next()).value).toEqual([{ ...STOP, number: 1, at: NOW.toISOString(), outcome: 'running', because: null, undo: null }])
  end()
  await recorded
  expect((await lists.next()).value).toMatchObject([{ number: 1, outcome: 'done', because: null, undo: START }])
  stop.abort()
  expect(await lists.next()).toMatchObject({ done: true })
})

it('holds why one failed, and lets the failure through', async () => {
  const log = createActionLog(() => NOW)
  const refusal = new ProblemError({ code: 'CONTAINER_PAUSED', what: 'web is paused.', fix: 'Unpause it first.' })
  await expect(log.record(STOP, () => Promise.reject(refusal))).rejects.toBe(refusal)
  const { value } = await log.watch(new AbortController().signal)[Symbol.asyncIterator]().next()
  expect(value).toMatchObject([{ outcome: 'failed', because: 'web is paused.', undo: null }])
})

it('keeps the order in which they began, whichever ends first', async () => {
  const log = createActionLog(() => NOW)
  let end = (): void => {}
  const first = log.record(STOP, () => new Promise((resolve) => { end = () => resolve(null) }))
  await log.record({ ...STOP, command: 'docker pause web' }, async () => null)
  end()
  await first
  const { value } = await log.watch(new AbortController().signal)[Symbol.asyncIterator]().next()
  expect(value).toMatchObject([{ number: 1, command: 'docker stop web', outcome: 'done' }, { number: 2, command: 'docker pause web', outcome: 'done' }])
})
