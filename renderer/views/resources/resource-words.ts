import type { Limit } from '../../../shared/model/cgroup'

export function limitText(limit: Limit, format: (value: number) => string): string | null {
  if (limit === null)
    return null
  return limit === 'unlimited' ? 'none' : format(limit)
}

/**
 * Processors in use on average since the container began; null when a time is missing. Whoever restarted the container began
 * the count anew, as the control group was made anew.
 */
export function averageCpus(usageSeconds: number | null, startedAt: string | null, takenAt: string): number | null {
  const seconds = startedAt === null ? Number.NaN : (Date.parse(takenAt) - Date.parse(startedAt)) / 1000
  return usageSeconds === null || !(seconds > 0) ? null : usageSeconds / seconds
}

/** A part of a whole: `0.2 %`, `< 0.1 %`. */
export function percentText(part: number, whole: number): string {
  const percent = part / whole * 100
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${Number(percent.toFixed(1))} %`
}
