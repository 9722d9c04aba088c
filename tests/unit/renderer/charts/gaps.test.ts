import { expect, it } from 'vitest'
import { gapsBefore } from '../../../../renderer/charts/gaps'

const at = (seconds: number) => ({ at: new Date(seconds * 1000).toISOString(), inside: 1, host: 1, cpuSeconds: null, memoryBytes: null, pids: null })
const gaps = (...seconds: number[]): boolean[] => gapsBefore(seconds.map(at), 1000)

it('sees a gap where nobody looked, and none in an uneven beat', () => {
  expect(gaps(0, 1, 2.9, 4, 10, 11)).toEqual([false, false, false, false, true, false])
})

it('sees two gaps, one after the other', () => {
  expect(gaps(0, 1, 10, 20, 21)).toEqual([false, false, true, true, false])
})

it('sees none where it was looked at every five seconds all along', () => {
  expect(gaps(0, 5, 10, 15)).toEqual([false, false, false, false])
})

it('has nothing to say of one sample, or of none', () => {
  expect([gaps(0), gaps()]).toEqual([[false], []])
})
