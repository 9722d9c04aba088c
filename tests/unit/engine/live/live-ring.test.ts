import { expect, it } from 'vitest'
import { createLiveRing } from '../../../../engine/live/live-ring'

const START = Date.parse('2026-11-24T12:00:00.000Z')
const sampleAt = (ms: number) => ({ at: new Date(START + ms).toISOString(), inside: 1, host: 2, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: null })

it('gives the last hour, oldest first, and nothing older', () => {
  const ring = createLiveRing()
  const samples = [0, 1000, 3_000_000, 3_600_500].map(sampleAt)
  samples.forEach(sample => ring.add('a', sample))
  expect(ring.lastHour('a', new Date(START + 3_600_500))).toEqual(samples.slice(1))
})

it('has nothing of a container that nobody looked at', () => {
  expect(createLiveRing().lastHour('a', new Date(START))).toEqual([])
})

it('holds no more than an hour in the quickest rhythm, and of 16 containers', () => {
  const ring = createLiveRing()
  for (let ms = 0; ms < 40_000; ms += 1)
    ring.add('a', sampleAt(ms))
  expect(ring.lastHour('a', new Date(START + 40_000)).length).toBeLessThanOrEqual(14_400 * 1.25)
  for (let container = 0; container < 16; container += 1)
    ring.add(`b${container}`, sampleAt(0))
  expect([ring.lastHour('a', new Date(START + 40_000)), ring.lastHour('b0', new Date(START)).length]).toEqual([[], 1])
})

it('leaves out what a clock that was put back calls the future', () => {
  const ring = createLiveRing()
  ring.add('a', sampleAt(5000))
  expect(ring.lastHour('a', new Date(START))).toEqual([])
})
