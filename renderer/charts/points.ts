import type { LiveSample } from '../../shared/model/live'
import { gapsBefore } from './gaps'

/** Null: not known at that time, drawn as a gap. */
export type Point = readonly [atMs: number, value: number | null]

/** The least stretch of time that is drawn, so that the first samples stand at "now" and do not fill the chart. */
const LEAST_SPAN_MS = 60_000

/** One field of the samples over time; a pause is a gap. */
export function pointsOf(samples: readonly LiveSample[], field: 'inside' | 'host' | 'memoryBytes' | 'pids', everyMs: number): Point[] {
  const isAfterGap = gapsBefore(samples, everyMs)
  const points: Point[] = []
  samples.forEach((sample, index) => {
    const last = points.at(-1)
    if (last && isAfterGap[index])
      points.push([last[0] + everyMs, null])
    points.push([Date.parse(sample.at), sample[field]])
  })
  return points
}

/** The stretch of time that an axis shows; of no points none. */
export function spanOf(points: readonly Point[]): { min?: number, max?: number } {
  const [first] = points
  const last = points.at(-1)
  return first && last ? { min: Math.min(first[0], last[0] - LEAST_SPAN_MS), max: last[0] } : {}
}
