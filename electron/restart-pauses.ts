const PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000]
/** A process that lived this long was well: its end is the first one again. */
const WELL_AFTER_MS = 60_000

/** How long to wait before the next start, by how long the process before it has lived: not at all, then longer and longer. */
export function createRestartPauses(): (livedMs: number) => number {
  let ends = 0
  return (livedMs) => {
    ends = livedMs >= WELL_AFTER_MS ? 1 : ends + 1
    return PAUSES_MS[Math.min(ends, PAUSES_MS.length) - 1] ?? 0
  }
}
