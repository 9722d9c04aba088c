import { expect, it } from 'vitest'
import { pointsOf, spanOf } from '../../../../renderer/charts/points'
import type { LiveSample } from '../../../../shared/model/live'

const sample = (at: string, inside: number | null): LiveSample =>
  ({ at: `2026-11-24T12:00:${at}.000Z`, inside, host: 90, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: null })
const time = (at: string): number => Date.parse(`2026-11-24T12:00:${at}.000Z`)

it('leaves a gap where there was no sample, never a zero', () => {
  expect(pointsOf([sample('00', 3), sample('02', null), sample('04', 4)], 'inside', 2000))
    .toEqual([[time('00'), 3], [time('02'), null], [time('04'), 4]])
})

it('leaves a gap where nobody was looking', () => {
  expect(pointsOf([sample('00', 3), sample('30', 5)], 'inside', 2000))
    .toEqual([[time('00'), 3], [time('02'), null], [time('30'), 5]])
})

it('shows a minute at least, up to the newest', () => {
  expect(spanOf([[90_000, 1]])).toEqual({ min: 30_000, max: 90_000 })
  expect(spanOf([[0, 1], [90_000, null]])).toEqual({ min: 0, max: 90_000 })
  expect(spanOf([])).toEqual({})
})
