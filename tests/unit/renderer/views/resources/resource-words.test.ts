import { expect, it } from 'vitest'
import { averageCpus, cpusText, limitText, percentText } from '../../../../../renderer/views/resources/resource-words'

it('tells processors with two figures that count', () => {
  expect([0, 0.00007, 0.00421, 0.5, 1, 1.254].map(cpusText))
    .toEqual(['0 processors', '< 0.001 processors', '0.0042 processors', '0.5 processors', '1 processor', '1.25 processors'])
})

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
