import type { Limit } from '../../../shared/model/cgroup'

/** A number of processors with two figures that count: `< 0.001`, `0.0042`, `0.5`, `1.25`. */
export function cpusNumber(cpus: number): string {
  if (cpus > 0 && cpus < 0.001)
    return '< 0.001'
  return String(cpus >= 1 ? Number(cpus.toFixed(2)) : Number(cpus.toPrecision(2)))
}

/** The same with its noun: `1 processor`, `0.5 processors`. */
export const cpusText = (cpus: number): string => `${cpusNumber(cpus)} ${cpusNumber(cpus) === '1' ? 'processor' : 'processors'}`

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
