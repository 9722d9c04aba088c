import { setImmediate } from 'node:timers/promises'
import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace'
import type { ProcessState } from '../../shared/model/process'
import { containerIdsIn } from '../parse/proc-cgroup'
import { parseProcStat } from '../parse/proc-stat'
import { parseProcStatus } from '../parse/proc-status'
import { textFromLatin1 } from '../parse/raw-name'
import { type ProcSource, Unreadable } from '../sources/proc-source'

/** One process as `/proc` of the engine's kernel has it at the scan's instant. */
export interface ScannedProcess {
  readonly pid: number
  readonly ppid: number
  readonly comm: string
  readonly args: readonly string[]
  readonly state: ProcessState
  readonly startedAtTicks: number
  readonly cpuSeconds: number
  readonly threadCount: number
  readonly rssBytes: number
  readonly effectiveUid: number | null
  /** `NSpid`: its PIDs from our own PID namespace inwards. */
  readonly nsPids: readonly number[]
  /** From its cgroup path; null when it is in no container's. */
  readonly containerId: string | null
  /** Inodes; a missing key could not be read. */
  readonly namespaces: Readonly<Partial<Record<NamespaceType, number>>>
}

export interface HostScan {
  /** Ascending by PID. */
  readonly processes: readonly ScannedProcess[]
  readonly byPid: ReadonlyMap<number, ScannedProcess>
  /** `btime` of `/proc/stat` in milliseconds since 1970; null when it could not be read. */
  readonly bootedAtMs: number | null
}

/** A scan gives way to the event loop after this long, so that a window on the same thread keeps drawing. */
const SLICE_MS = 8
const MAX_ARGS_BYTES = 64 * 1024

/**
 * Every process of the kernel behind `proc`. A process that ends meanwhile is left out; one that may not be looked at
 * closely keeps what its world-readable files say. `isContainer` tells the ids that this engine knows.
 */
export async function scanHost(proc: ProcSource, isContainer: (id: string) => boolean, signal: AbortSignal): Promise<HostScan> {
  const processes: ScannedProcess[] = []
  let sliceEndsAt = performance.now() + SLICE_MS
  for (const pid of await proc.listPids()) {
    const process = await scanProcess(proc, pid, isContainer)
    if (process)
      processes.push(process)
    if (performance.now() > sliceEndsAt) {
      await setImmediate()
      signal.throwIfAborted()
      sliceEndsAt = performance.now() + SLICE_MS
    }
  }
  const scanned = new Map(processes.map(process => [process.pid, process]))
  const placed = processes.map(process => withParentsContainer(process, scanned))
  return { processes: placed, byPid: new Map(placed.map(process => [process.pid, process])), bootedAtMs: await readBootTime(proc) }
}

async function scanProcess(proc: ProcSource, pid: number, isContainer: (id: string) => boolean): Promise<ScannedProcess | null> {
  const stat = parseProcStat(await readOrNull(() => proc.readText(`${pid}/stat`)) ?? '')
  const statusText = await readOrNull(() => proc.readText(`${pid}/status`))
  if (!stat || statusText === null)
    return null
  const status = parseProcStatus(statusText)
  const cgroup = await readOrNull(() => proc.readText(`${pid}/cgroup`)) ?? ''
  const ids = containerIdsIn(cgroup)
  return {
    pid,
    ppid: stat.ppid,
    comm: textFromLatin1(stat.comm),
    args: parseArguments(await readOrNull(() => proc.readText(`${pid}/cmdline`)) ?? ''),
    state: stat.state,
    startedAtTicks: stat.startedAtTicks,
    cpuSeconds: stat.cpuSeconds,
    threadCount: stat.threadCount,
    rssBytes: status.rssBytes,
    effectiveUid: status.effectiveUid,
    nsPids: status.nsPids,
    // An engine inside a container knows the inner id, ours the outer one; an id that ours does not know is another engine's.
    containerId: ids.find(isContainer) ?? ids[0] ?? null,
    namespaces: await readNamespaces(proc, pid),
  }
}

/** proc_pid_cmdline(5): arguments end with NUL; a process that rewrote its title may leave out the last one. */
function parseArguments(cmdline: string): string[] {
  if (cmdline === '')
    return []
  const args = cmdline.slice(0, MAX_ARGS_BYTES).replace(/\0+$/, '').split('\0').map(textFromLatin1)
  return cmdline.length > MAX_ARGS_BYTES ? [...args, `… (cut after ${MAX_ARGS_BYTES / 1024} KiB)`] : args
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

/** A zombie has left its cgroup on version 1 (`/`); it still belongs where its parent does. */
function withParentsContainer(process: ScannedProcess, byPid: ReadonlyMap<number, ScannedProcess>): ScannedProcess {
  const parent = process.state === 'Z' && process.containerId === null ? byPid.get(process.ppid) : undefined
  return parent?.containerId ? { ...process, containerId: parent.containerId } : process
}

async function readBootTime(proc: ProcSource): Promise<number | null> {
  const seconds = (await readOrNull(() => proc.readText('stat')))?.match(/^btime (\d+)$/m)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

async function readOrNull<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read()
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
