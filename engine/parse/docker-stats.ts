import { z } from 'zod'
import type { LiveSample } from '../../shared/model/live'

/**
 * A line of `GET /containers/{id}/stats`, as much of it as is read. Every number is checked where it is used: engines leave out what they
 * have no controller for, and send frames of zeros for a container that has ended.
 */
export const RawStats = z.object({
  read: z.string(),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number().optional() }).optional() }).optional(),
  memory_stats: z.object({ usage: z.number().optional() }).optional(),
  pids_stats: z.object({ current: z.number().optional() }).optional(),
})
export type RawStats = z.infer<typeof RawStats>

/** Counters of 64 bits that cannot be: what an engine makes of -1. */
const NO_NUMBER = 2 ** 62
const NANOSECONDS = 1e9

/** Usage alone: an engine does not count processes. Null: the frame is no sample, because the container has ended (its time is year 1). */
export function parseStats({ read, cpu_stats: cpu, memory_stats: memory, pids_stats: pids }: RawStats): Pick<LiveSample, 'cpuSeconds' | 'memoryBytes' | 'pids' | 'readAtSeconds'> | null {
  const readAtMs = Date.parse(read)
  if (!(readAtMs > 0))
    return null
  const cpuNanoseconds = amount(cpu?.cpu_usage?.total_usage)
  return { cpuSeconds: cpuNanoseconds === null ? null : cpuNanoseconds / NANOSECONDS, memoryBytes: amount(memory?.usage), pids: amount(pids?.current), readAtSeconds: readAtMs / 1000 }
}

const amount = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value >= 0 && value < NO_NUMBER ? value : null
