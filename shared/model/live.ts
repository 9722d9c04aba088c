import { z } from 'zod'
import { ListedContainer } from './container'
import { Problem } from './problem'
import { HostProcess, ProcessRow } from './process'
import { ProcessState } from './process-state'

/** The engine's containers at one moment; `problem` is set while the engine does not answer, the list is then the last one known. */
export const ContainerList = z.object({
  at: z.string(),
  containers: z.array(ListedContainer),
  problem: Problem.nullable(),
})
export type ContainerList = z.infer<typeof ContainerList>

/** One second of one container. A null is no sample, never zero. */
export const LiveSample = z.object({
  at: z.string(),
  inside: z.number().int().nullable(),
  host: z.number().int().nullable(),
  cpuSeconds: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  pids: z.number().nullable(),
  /**
   * When the kernel's counters were read, in seconds by the clock of who read them: this computer's monotonic one, or the engine's own. Only the
   * difference of two samples means anything. `at` is by a clock that somebody may set meanwhile.
   */
  readAtSeconds: z.number().nullable(),
})
export type LiveSample = z.infer<typeof LiveSample>

const HostPid = z.number().int()
const StartedAtTicks = z.number()

/**
 * What became of the processes since the tick before. A process is known by its PID on the host and its start, in clock ticks since boot.
 * `left` comes before `arrived`: a process that became another program is in both.
 */
export const ProcessTick = z.object({
  at: z.string(),
  /** All that there is has arrived: what was known before is to be forgotten. So it is in the first tick, and after the container began anew. */
  isWhole: z.boolean(),
  /** Whole rows, in place of what was known of the same process. `host` is empty where only the container is watched. */
  arrived: z.object({ inside: z.array(ProcessRow), host: z.array(HostProcess) }),
  left: z.array(z.tuple([HostPid, StartedAtTicks])),
  /** Of what moves: state, seconds of processor time, resident bytes, threads. */
  changed: z.array(z.tuple([HostPid, StartedAtTicks, ProcessState, z.number(), z.number().nullable(), z.number().int()])),
})
export type ProcessTick = z.infer<typeof ProcessTick>
