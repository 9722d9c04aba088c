import { expect, it } from 'vitest'
import { gapsBefore } from '../../../../renderer/charts/gaps'

const at = (seconds: number, readAtSeconds: number | null = seconds) =>
  ({ at: new Date(seconds * 1000).toISOString(), inside: 1, host: 1, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds })
const gaps = (...seconds: number[]): boolean[] => gapsBefore(seconds.map(second => at(second)), 1000)

it('sees a gap where nobody looked, and none in an uneven beat', () => {
  expect(gaps(0, 1, 2.9, 4, 10, 11)).toEqual([false, false, false, false, true, false])
})

it('sees two gaps, one after the other', () => {
  expect(gaps(0, 1, 10, 20, 21)).toEqual([false, false, true, true, false])
})

it('sees none where it was looked at every five seconds all along', () => {
  expect(gaps(0, 5, 10, 15)).toEqual([false, false, false, false])
})

it.each([
  ['was put forward', [at(0, 50), at(1, 51), at(3.5, 52), at(4.5, 53)], [false, false, true, false]],
  ['was put back', [at(100, 50), at(101, 51), at(100.3, 52), at(101.3, 53)], [false, false, true, false]],
  ['went on while this computer slept', [at(0, 50), at(1, 51), at(28_801, 52)], [false, false, true]],
  ['stood still with the reader, to whom what was read meanwhile came at once', [at(0, 50), at(1, 51), at(11, 52), at(12, 62), at(13, 63)], [false, false, true, true, false]],
  ['is another one, since another engine is asked', [at(0, 50), at(1, 51), at(2, 1.7e9), at(3, 1.7e9 + 1)], [false, false, true, false]],
  ['is not known', [at(0, null), at(1, null), at(2, 7), at(3, 8)], [false, false, false, false]],
])('sees a gap where the clocks disagree: one %s', (_name, samples, expected) => {
  expect(gapsBefore(samples, 1000)).toEqual(expected)
})

it('has nothing to say of one sample, or of none', () => {
  expect([gaps(0), gaps()]).toEqual([[false], []])
})
