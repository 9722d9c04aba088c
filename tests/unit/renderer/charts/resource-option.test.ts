import { expect, it } from 'vitest'
import { cpuPoints, pointsOf } from '../../../../renderer/charts/resource-option'
import type { LiveSample } from '../../../../shared/model/live'

const at = (second: number): number => Date.UTC(2026, 0, 1, 0, 0, second)
const sample = (second: number, cpuSeconds: number | null, pids: number | null = 1): LiveSample =>
  ({ at: new Date(at(second)).toISOString(), inside: 1, host: 1, cpuSeconds, memoryBytes: 5, pids })

it('takes processors in use from the processor time between two samples', () => {
  expect(cpuPoints([sample(0, 1), sample(2, 2), sample(4, 6)], 2000)).toEqual([[at(2), 0.5], [at(4), 2]])
})

it('knows no use across a pause, a missing sample, or a new run of the container', () => {
  expect(cpuPoints([sample(0, 1), sample(30, 2), sample(32, null), sample(34, 3), sample(36, 0.1)], 2000))
    .toEqual([[at(30), null], [at(32), null], [at(34), null], [at(36), null]])
})

it('draws a missing sample and a pause as gaps', () => {
  expect(pointsOf([sample(0, 1, 3), sample(2, 1, null), sample(30, 1, 4)], 'pids', 2000))
    .toEqual([[at(0), 3], [at(2), null], [at(4), null], [at(30), 4]])
})
