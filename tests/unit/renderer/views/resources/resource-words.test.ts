import { expect, it } from 'vitest'
import { averageCpus, limitText, percentText } from '../../../../../renderer/views/resources/resource-words'

it('keeps no limit, a limit and an unknown one apart', () => {
  expect((['unlimited', 2, null] as const).map(limit => limitText(limit, String))).toEqual(['none', '2', null])
})

it('spreads the processor time over the time since the start', () => {
  expect(averageCpus(30, '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z')).toBe(0.5)
})

it('knows no average without a start, a count or any time between', () => {
  expect([
    averageCpus(30, null, '2026-01-01T00:01:00Z'),
    averageCpus(null, '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'),
    averageCpus(30, '2026-01-01T00:01:00Z', '2026-01-01T00:01:00Z'),
  ]).toEqual([null, null, null])
})

it('never rounds a part down to nothing', () => {
  expect([percentText(0, 8), percentText(1, 100_000), percentText(1, 3)]).toEqual(['0 %', '< 0.1 %', '33.3 %'])
})
