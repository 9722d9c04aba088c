import type { LiveSample } from '../../shared/model/live'

/** A pause of more than three beats is a gap: nobody was looking, so nothing is drawn across it. */
const GAP_BEATS = 3
/** By as much the two clocks of a sample may disagree: frames of an engine come unevenly. */
const DOUBT_BEATS = 0.5

/**
 * For each sample whether there is a gap between it and the one before. The beat is what is asked for now, or that of the samples
 * around it: a part of the last hour may have been looked at more slowly. Where the two clocks of the samples disagree about the time
 * between them there is a gap too: one was set, this computer slept, or what was read long ago came late.
 */
export function gapsBefore(samples: readonly LiveSample[], everyMs: number): boolean[] {
  const times = samples.map(({ at }) => Date.parse(at))
  const since = times.map((time, index) => time - (times[index - 1] ?? Number.NaN))
  const sinceRead = samples.map((sample, index) => readMsBetween(samples[index - 1], sample) ?? Number.NaN)
  return since.map((ms, index) => {
    const around = [since[index - 1], since[index + 1]].filter(beat => beat !== undefined && !Number.isNaN(beat)).map(Number)
    const beatMs = Math.max(everyMs, around.length === 0 ? 0 : Math.min(...around))
    return ms > beatMs * GAP_BEATS || Math.abs(ms - (sinceRead[index] ?? Number.NaN)) > beatMs * DOUBT_BEATS
  })
}

/** Milliseconds between two readings, by the clock of who read; null where one of the two is none. */
export function readMsBetween(before: LiveSample | undefined, { readAtSeconds }: LiveSample): number | null {
  return before === undefined || before.readAtSeconds === null || readAtSeconds === null ? null : (readAtSeconds - before.readAtSeconds) * 1000
}
