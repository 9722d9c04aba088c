import { expect, it } from 'vitest'
import { readSample } from '../../../../renderer/client/open-recording'
import { applyTick, NO_ROWS, type ProcessRows } from '../../../../renderer/stores/process-rows'
import type { ProcessTick } from '../../../../shared/model/live'

const { processes, hostProcesses } = await readSample()
const NOTHING: ProcessTick = { at: '2026-11-24T12:00:00.000Z', isWhole: false, arrived: { inside: [], host: [] }, left: [], changed: [] }
const whole = (): ProcessRows => applyTick(NO_ROWS, { ...NOTHING, isWhole: true, arrived: { inside: processes, host: hostProcesses } })
const [first] = processes
const [hostPid, ticks] = [first?.hostPid ?? 0, first?.startedAtTicks ?? 0]

it('has all rows after the first tick, on both sides', () => {
  const { inside, host } = whole()
  expect([[...inside.values()], [...host.values()]]).toEqual([processes, hostProcesses])
})

it('changes the numbers of one process on both sides, and no other row', () => {
  const before = whole()
  const after = applyTick(before, { ...NOTHING, changed: [[hostPid, ticks, 'R', 12.5, 4096, 3]] })
  const changed = { state: 'R', cpuSeconds: 12.5, rssBytes: 4096, threadCount: 3 }
  expect([...after.inside.values()]).toEqual(processes.map(row => row === first ? { ...row, ...changed } : row))
  expect([...after.host].filter(([key, row]) => before.host.get(key) !== row).map(([, row]) => row)).toEqual([expect.objectContaining({ pid: hostPid, ...changed })])
})

it('takes away who left, and not a later process with the same PID', () => {
  const gone = applyTick(whole(), { ...NOTHING, left: [[hostPid, ticks]] })
  const kept = applyTick(whole(), { ...NOTHING, left: [[hostPid, ticks + 1]] })
  expect([gone.inside.size, gone.host.size, kept.inside.size, kept.host.size]).toEqual([processes.length - 1, hostProcesses.length - 1, processes.length, hostProcesses.length])
})

it('puts a process that became another program in place of what it was', () => {
  const after = applyTick(whole(), { ...NOTHING, left: [[hostPid, ticks]], arrived: { inside: first ? [{ ...first, command: 'other' }] : [], host: [] } })
  expect([...after.inside.values()].filter(row => row.hostPid === hostPid).map(({ command }) => command)).toEqual(['other'])
})

it('is the same object when nothing happened, so that nothing is drawn', () => {
  const rows = whole()
  expect(applyTick(rows, NOTHING)).toBe(rows)
})

it('heeds no number of a process that it does not know', () => {
  const rows = whole()
  expect(applyTick(rows, { ...NOTHING, changed: [[4_000_000, 1, 'R', 1, 1, 1]] })).toEqual(rows)
})
