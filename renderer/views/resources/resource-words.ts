import type { Limit } from '../../../shared/model/cgroup'
import type { Snapshot } from '../../../shared/model/snapshot'

export function limitText(limit: Limit, format: (value: number) => string): string | null {
  if (limit === null)
    return null
  return limit === 'unlimited' ? 'none' : format(limit)
}

/**
 * Processors in use on average since the container's first process began, and with it the control group; null when a time is missing. The
 * kernel tells a start as the time since boot: unlike the engine's word it stays true when somebody sets the clock.
 */
export function averageCpus({ cgroup, container, processes, takenAt }: Pick<Snapshot, 'cgroup' | 'container' | 'processes' | 'takenAt'>): number | null {
  const { usageSeconds } = cgroup.cpu
  const startedAt = container.hostPid === null ? null : processes.find(({ hostPid }) => hostPid === container.hostPid)?.startedAt ?? null
  const seconds = startedAt === null ? Number.NaN : (Date.parse(takenAt) - Date.parse(startedAt)) / 1000
  return usageSeconds === null || !(seconds > 0) ? null : usageSeconds / seconds
}

/** A part of a whole: `0.2 %`, `< 0.1 %`. */
export function percentText(part: number, whole: number): string {
  const percent = part / whole * 100
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${Number(percent.toFixed(1))} %`
}
