import { z } from 'zod'
import { ProcessState } from './process-state'

/** What a process is, wherever it is looked at from. A null is a fact that could not be read. */
const ProcessFacts = z.object({
  state: ProcessState,
  /** `comm`: at most 15 bytes, escaped. */
  command: z.string(),
  /** The command line; empty for kernel threads and zombies. */
  args: z.array(z.string()),
  startedAt: z.string().nullable(),
  /** Clock ticks since boot: with the PID it tells a process from a later one with the same PID. */
  startedAtTicks: z.number().nullable(),
  rssBytes: z.number().nullable(),
  cpuSeconds: z.number().nullable(),
  threadCount: z.number().int().nullable(),
})

/** One process as the container sees it, with the same process as the engine host sees it. */
export const ProcessRow = ProcessFacts.extend({
  pid: z.number().int().nullable(),
  hostPid: z.number().int().nullable(),
  /** 0: the parent is outside of the container's PID namespace. */
  ppid: z.number().int().nullable(),
  hostPpid: z.number().int().nullable(),
  /** Effective user id inside; null when the container's user namespace has no mapping for it. */
  uid: z.number().int().nullable(),
  hostUid: z.number().int().nullable(),
  /** The name in `/etc/passwd` inside, if there is one. */
  user: z.string().nullable(),
  hostUser: z.string().nullable(),
  owner: z.enum(['this-container', 'other-container', 'host', 'unknown']),
  /** The owner's name when another container owns it. */
  ownerName: z.string().nullable(),
})
export type ProcessRow = z.infer<typeof ProcessRow>

/** One process of the engine host. */
export const HostProcess = ProcessFacts.extend({
  pid: z.number().int(),
  ppid: z.number().int().nullable(),
  uid: z.number().int().nullable(),
  user: z.string().nullable(),
  /** Null: it runs on the host itself. */
  containerId: z.string().nullable(),
  containerName: z.string().nullable(),
})
export type HostProcess = z.infer<typeof HostProcess>
