import type { LiveSample } from '../../shared/model/live'
import { gapsBefore, readMsBetween } from './gaps'
import type { Point } from './points'

/**
 * Processors in use between each sample and the one before it: seconds of processor time per second of the clock
 * by which both were read. Unknown after a gap, and where the count went back, because then it is another run of the container.
 */
export function cpuPoints(samples: readonly LiveSample[], everyMs: number): Point[] {
  const isAfterGap = gapsBefore(samples, everyMs)
  return samples.slice(1).map((sample, index): Point => {
    const before = samples[index]
    const at = Date.parse(sample.at)
    const ms = readMsBetween(before, sample)
    if (!before || sample.cpuSeconds === null || before.cpuSeconds === null || ms === null || ms <= 0 || isAfterGap[index + 1] || sample.cpuSeconds < before.cpuSeconds)
      return [at, null]
    return [at, (sample.cpuSeconds - before.cpuSeconds) / (ms / 1000)]
  })
}
