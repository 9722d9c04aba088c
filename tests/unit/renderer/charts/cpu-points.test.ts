import { expect, it } from 'vitest'
import { cpuPoints } from '../../../../renderer/charts/cpu-points'
import type { LiveSample } from '../../../../shared/model/live'

const at = (second: number): number => Date.UTC(2026, 0, 1, 0, 0, second)
const sample = (second: number, cpuSeconds: number | null, pids: number | null = 1, readAtSeconds = second): LiveSample =>
  ({ at: new Date(at(second)).toISOString(), inside: 1, host: 1, cpuSeconds, memoryBytes: 5, pids, readAtSeconds })

it('takes processors in use from the processor time between two samples', () => {
  expect(cpuPoints([sample(0, 1), sample(2, 2), sample(4, 6)], 2000)).toEqual([[at(2), 0.5], [at(4), 2]])
})

it('knows no use across a pause, a missing sample, or a new run of the container', () => {
  expect(cpuPoints([sample(0, 1), sample(30, 2), sample(32, null), sample(34, 3), sample(36, 0.1)], 2000))
    .toEqual([[at(30), null], [at(32), null], [at(34), null], [at(36), null]])
})

it('takes them by the clock of who read, which nobody sets', () => {
  // The wall clock was put back by 0.9 s, and later by half a minute; each second half a second of processor time was used.
  const samples = [sample(10, 1, 1, 70), sample(11, 1.5, 1, 71), sample(11.1, 2, 1, 72), sample(12.1, 2.5, 1, 73), sample(-18, 3, 1, 74), sample(-17, 3.5, 1, 75)]
  expect(cpuPoints(samples, 1000).map(([, value]) => value)).toEqual([0.5, null, 0.5, null, 0.5])
  // Within what frames of an engine come early or late, the rate is right all the same.
  expect(cpuPoints([sample(10, 1, 1, 70), sample(11.4, 1.5, 1, 71), sample(12, 2, 1, 72)], 1000).map(([, value]) => value)).toEqual([0.5, 0.5])
})
