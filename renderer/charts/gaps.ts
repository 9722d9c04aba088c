import type { LiveSample } from '../../shared/model/live'

/** A pause of more than three beats is a gap: nobody was looking, so nothing is drawn across it. */
const GAP_BEATS = 3

/**
 * For each sample whether there is a gap between it and the one before. The beat is what is asked for now, or that of the samples
 * around it: a part of the last hour may have been looked at more slowly.
 */
export function gapsBefore(samples: readonly LiveSample[], everyMs: number): boolean[] {
  const times = samples.map(({ at }) => Date.parse(at))
  const since = times.map((time, index) => time - (times[index - 1] ?? Number.NaN))
  return since.map((ms, index) => {
    const around = [since[index - 1], since[index + 1]].filter(beat => beat !== undefined && !Number.isNaN(beat)).map(Number)
    const beatMs = Math.max(everyMs, around.length === 0 ? 0 : Math.min(...around))
    return ms > beatMs * GAP_BEATS
  })
}
