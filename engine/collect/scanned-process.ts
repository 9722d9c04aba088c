import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import type { ProcessState } from '../../shared/model/process-state'
import { containerIdsIn } from '../parse/proc-cgroup'
import { emptyProcStat, parseProcStat } from '../parse/proc-stat'
import { parseProcStatusIds } from '../parse/proc-status-ids'
import { textFromLatin1 } from '../parse/raw-name'
import { MAX_COMMAND_LINE_BYTES, type RawProcess } from '../sources/raw-process'

export type NamespaceInodes = Readonly<Partial<Record<NamespaceType, number>>>

/** One process as `/proc` of the engine's kernel has it at one instant. */
export interface ScannedProcess {
  readonly pid: number
  readonly ppid: number
  readonly comm: string
  readonly args: readonly string[]
  readonly state: ProcessState
  readonly startedAtTicks: number
  /** User and kernel time together, in clock ticks. */
  readonly cpuTicks: number
  readonly threadCount: number
  /** Null: the kernel's page size is not known. */
  readonly rssBytes: number | null
  readonly effectiveUid: number | null
  /** `NSpid`: its PIDs from our own PID namespace inwards. */
  readonly nsPids: readonly number[]
  /** From its cgroup path; null when it is in no container's. */
  readonly containerId: string | null
  /** Inodes; a missing key could not be read. */
  readonly namespaces: NamespaceInodes
  /** Of one whose namespaces are left out since it still changes them: its PID namespace, which no process ever leaves (pid_namespaces(7)). */
  readonly bornIn?: number | undefined
}

export interface JoinOptions {
  /** Tells the ids that this engine knows. */
  readonly isContainer: (id: string) => boolean
  /** Of the engine's kernel; null: not known. */
  readonly pageBytes: number | null
}

/**
 * Joins the files of one process; null for files that no kernel would write. What many processes have alike (a cgroup's text, a set of
 * namespaces, a command line) is kept once, for as long as the joiner is.
 */
export function createJoiner({ isContainer, pageBytes }: JoinOptions): (raw: RawProcess) => ScannedProcess | null {
  const stat = emptyProcStat()
  // An engine inside a container knows the inner id, ours the outer one; an id that ours does not know is another engine's.
  const containerOf = remembered((text) => {
    const ids = containerIdsIn(text)
    return ids.find(isContainer) ?? ids[0] ?? null
  })
  const argsOf = remembered(parseArguments)
  const nameOf = remembered(textFromLatin1)
  const namespacesOf = rememberedNamespaces()

  return (raw) => {
    const { bytes, pid, status, commandLine, cgroup } = raw
    if (!parseProcStat(bytes, raw.stat.start, raw.stat.end, stat) || stat.pid !== pid)
      return null
    return {
      pid,
      ppid: stat.ppid,
      comm: nameOf(bytes.toString('latin1', stat.commStart, stat.commEnd)),
      args: argsOf(bytes.toString('latin1', commandLine.start, commandLine.end)),
      state: stat.state,
      startedAtTicks: stat.startedAtTicks,
      cpuTicks: stat.cpuTicks,
      threadCount: stat.threadCount,
      rssBytes: pageBytes === null ? null : stat.rssPages * pageBytes,
      ...raw.ids ?? parseProcStatusIds(bytes, status.start, status.end),
      containerId: containerOf(bytes.toString('latin1', cgroup.start, cgroup.end)),
      namespaces: namespacesOf(raw.namespaces),
    }
  }
}

/** Processes that were started one after the other are often alike: to compare two texts costs less than to look one up. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  let last: { text: string, made: T } | null = null
  return (text) => {
    if (last?.text === text)
      return last.made
    const made = known.get(text) ?? make(text)
    known.set(text, made)
    last = { text, made }
    return made
  }
}

/** Ten thousand processes of forty containers have some fifty sets of namespaces; the first of them tells most apart. */
function rememberedNamespaces(): (inodes: Uint32Array) => NamespaceInodes {
  const known = new Map<number, { inodes: Uint32Array, made: NamespaceInodes }[]>()
  return (inodes) => {
    const first = inodes[0] ?? 0
    const alike = known.get(first) ?? []
    const found = alike.find(set => isEqual(set.inodes, inodes))
    if (found)
      return found.made
    const made = Object.freeze(Object.fromEntries(NAMESPACE_TYPES.flatMap((type, index) => inodes[index] ? [[type, inodes[index]]] : [])))
    known.set(first, [...alike, { inodes: inodes.slice(), made }])
    return made
  }
}

function isEqual(one: Uint32Array, other: Uint32Array): boolean {
  for (let index = 0; index < one.length; index += 1) {
    if (one[index] !== other[index])
      return false
  }
  return true
}

/** proc_pid_cmdline(5): arguments end with NUL; a process that rewrote its title may leave out the last one. */
function parseArguments(commandLine: string): readonly string[] {
  if (commandLine === '')
    return []
  const args = commandLine.slice(0, MAX_COMMAND_LINE_BYTES).replace(/\0+$/, '').split('\0').map(textFromLatin1)
  return commandLine.length > MAX_COMMAND_LINE_BYTES ? [...args, `… (cut after ${MAX_COMMAND_LINE_BYTES / 1024} KiB)`] : args
}
