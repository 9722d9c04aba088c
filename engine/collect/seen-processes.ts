import type { ScannedProcess } from './scan-host'

/** As much of a process as its place in the PID namespaces needs. */
export type PlacedProcess = Pick<ScannedProcess, 'pid' | 'ppid' | 'nsPids' | 'containerId'> & { readonly namespaces: { readonly pid?: number | undefined } }

/**
 * What the first process of a container can see: pid_namespaces(7): the processes of its own PID namespace and of those below.
 * The inode tells the own ones; one further down has more PIDs (`NSpid`) and a parent that is seen. Where the inode could not
 * be read, the PIDs alone tell: as many levels as the first process, and the container's own cgroup.
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
  for (let before = -1; before !== seen.size;) {
    before = seen.size
    for (const process of processes) {
      if (process.nsPids.length > depth && seen.has(process.ppid))
        seen.add(process.pid)
    }
  }
  return processes.filter(process => seen.has(process.pid))
}
