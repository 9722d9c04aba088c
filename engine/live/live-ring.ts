import type { LiveSample } from '../../shared/model/live'

const HOUR_MS = 60 * 60 * 1000
/** An hour in the quickest rhythm that may be asked for: about 2 MB. */
const MAX_SAMPLES = HOUR_MS / 250
/** Of more containers, the one that was looked at longest ago is forgotten. */
const MAX_CONTAINERS = 16

/** The samples of the last hour of each container that was looked at, for as long as Isoscope runs: a page that comes back has them at once. */
export interface LiveRing {
  readonly add: (containerId: string, sample: LiveSample) => void
  /** Oldest first; what nobody looked at is missing. */
  readonly lastHour: (containerId: string, now: Date) => LiveSample[]
}

export function createLiveRing(): LiveRing {
  const rings = new Map<string, LiveSample[]>()

  return {
    add(containerId, sample) {
      const ring = rings.get(containerId) ?? []
      rings.delete(containerId)
      rings.set(containerId, ring)
      ring.push(sample)
      // Cut in large pieces: a shift for each sample would move them all.
      if (ring.length >= MAX_SAMPLES * 1.25)
        ring.splice(0, ring.length - MAX_SAMPLES)
      const [oldest] = rings.keys()
      if (rings.size > MAX_CONTAINERS && oldest !== undefined)
        rings.delete(oldest)
    },
    lastHour: (containerId, now) =>
      (rings.get(containerId) ?? []).filter(({ at }) => now.getTime() - Date.parse(at) < HOUR_MS && Date.parse(at) <= now.getTime()),
  }
}
