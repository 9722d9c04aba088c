import type { ScannedProcess } from './scanned-process'

/** As much of a process as its place in the PID namespaces needs. */
export type PlacedProcess = Pick<ScannedProcess, 'pid' | 'ppid' | 'nsPids' | 'containerId' | 'bornIn'> & { readonly namespaces: { readonly pid?: number | undefined } }

/** What one first process can see, as far as it has been told. */
export interface Sight {
  /** The level at which the container's own PID is in `NSpid`, from 0. */
  readonly level: number
  /** Whether it sees this process, given those that it was found to see before. */
  readonly admit: (process: PlacedProcess) => boolean
  /** The process is no more: its PID may become anybody's. */
  readonly forget: (pid: number) => void
}

/**
 * What the first process of a container can see: pid_namespaces(7): the processes of its own PID namespace and of those below.
 * The inode tells the own ones; one further down has more PIDs (`NSpid`) and a parent that is seen, or is in the namespace of one
 * that is: who entered from outside (nsenter(1)) has no parent there. Where the inode could not be read, the PIDs alone tell: as
 * many levels as the first process, and the container's own cgroup.
 */
export function createSight(init: PlacedProcess): Sight {
  const depth = init.nsPids.length
  const { pid: pidNamespace } = init.namespaces
  const seen = new Set<number>()
  const further = new Set<number>()

  function isSeen({ ppid, nsPids, containerId, namespaces: { pid: own } }: PlacedProcess): boolean {
    // One level: the container's PID namespace is the one that we read /proc in, which is the host's.
    if (depth === 1)
      return true
    if (nsPids.length === depth)
      return pidNamespace === undefined ? containerId === init.containerId : own === pidNamespace
    return nsPids.length > depth && (seen.has(ppid) || (own !== undefined && further.has(own)))
  }

  return {
    level: depth - 1,
    admit(process) {
      if (!isSeen(process))
        return false
      seen.add(process.pid)
      if (process.nsPids.length > depth && process.namespaces.pid !== undefined)
        further.add(process.namespaces.pid)
      return true
    },
    forget: pid => void seen.delete(pid),
  }
}

/** Those of `processes` that it sees, in their order; a parent may come after its child. */
export function admitAll<P extends PlacedProcess>(sight: Sight, processes: readonly P[]): P[] {
  const seen = new Set<P>()
  for (let before = -1; before !== seen.size;) {
    before = seen.size
    for (const process of processes) {
      if (!seen.has(process) && sight.admit(process))
        seen.add(process)
    }
  }
  return processes.filter(process => seen.has(process))
}

export const processesSeenBy = <P extends PlacedProcess>(init: P, processes: readonly P[]): P[] => admitAll(createSight(init), processes)

/**
 * Processes that may be in the PID namespace of `init` or below it, where nothing tells: at least as many levels down, not among those
 * that are seen, and their own namespace could not be read. One that has a PID there which one of the seen has is in another: no two have
 * the same in one namespace. One whose ancestor, or whose container, has a PID 1 of its own at that level
 * is in that one's namespace: pid_namespaces(7), children are born into their parent's. Where PID 1 of `init`'s own namespace is not seen, it
 * may be any of those.
 */
export function untoldProcesses<P extends PlacedProcess>(init: P, seen: readonly P[], processes: readonly P[]): P[] {
  const depth = init.nsPids.length
  const isSeen = new Set(seen.map(({ pid }) => pid))
  const byPid = new Map(processes.map(process => [process.pid, process]))
  const isFirst = ({ nsPids }: P): boolean => nsPids.length >= depth && nsPids[depth - 1] === 1
  const withFirst = new Set(processes.filter(process => isFirst(process) && !isSeen.has(process.pid)).map(({ containerId }) => containerId))
  const isBelowFirst = (process: P): boolean => {
    // A scan is not of one instant: a PID that was given out again meanwhile can make two processes each other's parent.
    const passed = new Set<P>()
    for (let one: P | undefined = process; one !== undefined && one.nsPids.length >= depth && !passed.has(one); one = byPid.get(one.ppid)) {
      if (isFirst(one))
        return true
      passed.add(one)
    }
    return false
  }
  const isFirstSeen = seen.some(isFirst)
  const taken = new Set(seen.map(({ nsPids }) => nsPids[depth - 1]))
  const isTold = (process: P): boolean =>
    process.namespaces.pid !== undefined || (process.bornIn !== undefined && process.bornIn !== init.namespaces.pid) || taken.has(process.nsPids[depth - 1]) || (isFirstSeen && (isBelowFirst(process) || (process.containerId !== null && withFirst.has(process.containerId))))
  return depth === 1 ? [] : processes.filter(process => process.nsPids.length >= depth && !isSeen.has(process.pid) && !isTold(process))
}
