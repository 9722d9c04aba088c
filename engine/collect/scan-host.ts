import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import { pageBytesFromAuxv } from '../parse/proc-auxv'
import { TICKS_PER_SECOND } from '../parse/proc-stat'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { createJoiner, type ScannedProcess } from './scanned-process'

export interface HostScan {
  /** Ascending by PID. */
  readonly processes: readonly ScannedProcess[]
  readonly byPid: ReadonlyMap<number, ScannedProcess>
  readonly kernel: KernelFacts
  /** Why there are more processes than these; null: these are all. */
  readonly incompleteBecause: string | null
}

/**
 * Every process of the kernel behind `proc`. A process that ends meanwhile is left out; one that may not be looked at
 * closely keeps what its world-readable files say. `isContainer` tells the ids that this engine knows.
 */
export async function scanHost(proc: ProcSource, isContainer: (id: string) => boolean, signal: AbortSignal): Promise<HostScan> {
  const kernel = await readKernelFacts(proc)
  const join = createJoiner({ isContainer, pageBytes: kernel.pageBytes })
  const processes: ScannedProcess[] = []
  let unreadCount = 0
  await proc.readProcesses('everything', 'all', (raw) => {
    const process = join(raw)
    if (process)
      processes.push(process)
    else
      unreadCount += 1
  }, signal)
  const scanned = new Map(processes.map(process => [process.pid, process]))
  const placed = processes.map(process => withParentsContainer(isSettled(process, kernel.uptimeTicks) ? process : { ...process, namespaces: {}, bornIn: process.namespaces.pid }, pid => scanned.get(pid)?.containerId ?? null))
  return { processes: placed, byPid: new Map(placed.map(process => [process.pid, process])), kernel, incompleteBecause: whyIncomplete(proc, scanned.has(1), unreadCount) }
}

/** `unreadCount`: those of which the files may not be read, or are not as a kernel writes them. */
function whyIncomplete({ root }: ProcSource, hasFirst: boolean, unreadCount: number): string | null {
  if (unreadCount > 0)
    return `${unreadCount} ${unreadCount === 1 ? 'process' : 'processes'} of ${root} could not be read`
  // proc(5): every PID namespace has a first process, and it is root's; with the mount option hidepid=invisible, or ptraceable, others do not see it.
  return hasFirst ? null : `${root} hides other users' processes (mount option hidepid)`
}

/** How long a process of the runtime may still move into a container (measured: 45 ms), in ticks. */
const SETTLING_TICKS = TICKS_PER_SECOND

/**
 * Whether a process is what it will be. runc(8) begins outside and enters a container's namespaces and cgroup step by step, under the names
 * `runc`, `runc:[1:CHILD]` and `exe`: until it has become the container's own program it is in neither, or in some of both.
 */
export const isSettled = ({ comm, startedAtTicks }: Pick<ScannedProcess, 'comm' | 'startedAtTicks'>, uptimeTicks: number | null): boolean =>
  !/^(?:runc|exe)/.test(comm) || (uptimeTicks !== null && uptimeTicks - startedAtTicks > SETTLING_TICKS)

/** A zombie has left its cgroup on version 1 (`/`); it still belongs where its parent does. */
export function withParentsContainer(process: ScannedProcess, containerOf: (pid: number) => string | null): ScannedProcess {
  const containerId = process.state === 'Z' && process.containerId === null ? containerOf(process.ppid) : null
  return containerId === null ? process : { ...process, containerId }
}

/** Of the kernel as a whole; null where it could not be read. */
export interface KernelFacts {
  /** `btime` of `/proc/stat`, in milliseconds since 1970. */
  readonly bootedAtMs: number | null
  /** Clock ticks since boot, as `startedAtTicks` counts them. */
  readonly uptimeTicks: number | null
  readonly pageBytes: number | null
}

async function readKernelFacts(proc: ProcSource): Promise<KernelFacts> {
  const bootSeconds = (await readOrNull(proc, 'stat'))?.match(/^btime (\d+)$/m)?.[1]
  return {
    bootedAtMs: bootSeconds === undefined ? null : Number(bootSeconds) * 1000,
    uptimeTicks: await readUptimeTicks(proc),
    pageBytes: pageBytesFromAuxv(await readOrNull(proc, 'self/auxv') ?? ''),
  }
}

/** proc_uptime(5); null: could not be read. */
export async function readUptimeTicks(proc: ProcSource): Promise<number | null> {
  const seconds = (await readOrNull(proc, 'uptime'))?.match(/^(\d+\.\d+) /)?.[1]
  return seconds === undefined ? null : Math.round(Number(seconds) * TICKS_PER_SECOND)
}

/** A file of procfs; null also when it may not be read. */
export async function readOrNull(proc: ProcSource, path: string): Promise<string | null> {
  try {
    return await proc.readText(path)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}

/** Inodes of `/proc/<pid>/ns/*` (namespaces(7)). Needs the right to trace the process: the first refusal answers for all. */
export async function readNamespaces(proc: ProcSource, pid: number | 'self'): Promise<Partial<Record<NamespaceType, number>>> {
  const found: Partial<Record<NamespaceType, number>> = {}
  for (const type of NAMESPACE_TYPES) {
    try {
      const inode = (await proc.readLink(`${pid}/ns/${type}`))?.match(/^\w+:\[(\d+)\]$/)?.[1]
      if (inode !== undefined)
        found[type] = Number(inode)
    }
    catch (error) {
      if (error instanceof Unreadable)
        return found
      throw error
    }
  }
  return found
}
