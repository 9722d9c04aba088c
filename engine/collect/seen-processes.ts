import type { ScannedProcess } from './scan-host'

/** As much of a process as its place in the PID namespaces needs. */
export type PlacedProcess = Pick<ScannedProcess, 'pid' | 'ppid' | 'nsPids' | 'containerId'> & { readonly namespaces: { readonly pid?: number | undefined } }

/**
 * What the first process of a container can see: pid_namespaces(7): the processes of its own PID namespace and of those below.
 * The inode tells the own ones; one further down has more PIDs (`NSpid`) and a parent that is seen, or is in the namespace of one
 * that is: who entered from outside (nsenter(1)) has no parent there. Where the inode could not be read, the PIDs alone tell: as
 * many levels as the first process, and the container's own cgroup.
 */
export function processesSeenBy<P extends PlacedProcess>(init: P, processes: readonly P[]): P[] {
  const depth = init.nsPids.length
  const pidNamespace = init.namespaces.pid
  // One level: the container's PID namespace is the one that we read /proc in, which is the host's.
  if (depth === 1)
    return [...processes]
  const seen = new Set(processes.filter(process => process.nsPids.length === depth && (
    pidNamespace === undefined ? process.containerId === init.containerId : process.namespaces.pid === pidNamespace
  )).map(process => process.pid))
  const further = new Set<number>()
  for (let before = -1; before !== seen.size;) {
    before = seen.size
    for (const process of processes) {
      const { pid: own } = process.namespaces
      if (process.nsPids.length <= depth || !(seen.has(process.ppid) || (own !== undefined && further.has(own))))
        continue
      seen.add(process.pid)
      if (own !== undefined)
        further.add(own)
    }
  }
  return processes.filter(process => seen.has(process.pid))
}

/**
 * Processes that may be in the PID namespace of `init` or below it, where nothing tells: at least as many levels down, not among those
 * that are seen, and their own namespace could not be read. One whose ancestor, or whose container, has a PID 1 of its own at that level
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
    for (let one: P | undefined = process; one !== undefined && one.nsPids.length >= depth; one = byPid.get(one.ppid)) {
      if (isFirst(one))
        return true
    }
    return false
  }
  const isFirstSeen = seen.some(isFirst)
  const isTold = (process: P): boolean =>
    process.namespaces.pid !== undefined || (isFirstSeen && (isBelowFirst(process) || (process.containerId !== null && withFirst.has(process.containerId))))
  return depth === 1 ? [] : processes.filter(process => process.nsPids.length >= depth && !isSeen.has(process.pid) && !isTold(process))
}
