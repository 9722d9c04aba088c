import { containerIdsIn } from '../parse/proc-cgroup'
import { parseProcStat } from '../parse/proc-stat'
import { parseProcStatus } from '../parse/proc-status'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { type PlacedProcess, processesSeenBy } from './seen-processes'

export interface ProcessCount { readonly inside: number | null, readonly host: number }

/**
 * How many processes the container behind `initPid` can see, and how many the machine has, at this instant. Cheaper than a scan:
 * a process in our own PID namespace needs one link to be known as no part of the container. Null: the first process is gone.
 */
export async function countProcesses(proc: ProcSource, initPid: number, containerId: string): Promise<ProcessCount> {
  const ownNamespace = await pidNamespaceOf(proc, 'self')
  const pids = await proc.listPids()
  const placed = await Promise.all(pids.map(pid => placeProcess(proc, pid, ownNamespace, containerId)))
  const init = placed.find(process => process.pid === initPid)
  return { inside: init ? processesSeenBy(init, placed).length : null, host: placed.length }
}

async function placeProcess(proc: ProcSource, pid: number, ownNamespace: number | undefined, containerId: string): Promise<PlacedProcess> {
  const pidNamespace = await pidNamespaceOf(proc, pid)
  if (pidNamespace !== undefined && pidNamespace === ownNamespace)
    return { pid, ppid: 0, nsPids: [pid], containerId: null, namespaces: { pid: pidNamespace } }
  const ids = containerIdsIn(await proc.readText(`${pid}/cgroup`) ?? '')
  return {
    pid,
    ppid: parseProcStat(await proc.readText(`${pid}/stat`) ?? '')?.ppid ?? 0,
    nsPids: parseProcStatus(await proc.readText(`${pid}/status`) ?? '').nsPids,
    containerId: ids.includes(containerId) ? containerId : ids[0] ?? null,
    namespaces: { pid: pidNamespace },
  }
}

async function pidNamespaceOf(proc: ProcSource, pid: number | 'self'): Promise<number | undefined> {
  try {
    const inode = (await proc.readLink(`${pid}/ns/pid`))?.match(/\[(\d+)\]$/)?.[1]
    return inode === undefined ? undefined : Number(inode)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return undefined
    throw error
  }
}
