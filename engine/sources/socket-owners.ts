import { setImmediate } from 'node:timers/promises'
import { type ProcSource, Unreadable } from './proc-source'

const SLICE_MS = 8
/** Descriptors that are looked at before the search is given up; a busy host has some ten thousand. */
const MOST_DESCRIPTORS = 200_000

/**
 * Which process holds a socket: `/proc/<pid>/fd/<n>` reads `socket:[inode]` (proc_pid_fd(5)). Of several that share one the first of
 * `pids`. Needs the right to trace each process; those that refuse are passed over.
 */
export async function findSocketOwners(proc: ProcSource, pids: readonly number[], inodes: ReadonlySet<number>, signal: AbortSignal): Promise<Map<number, number>> {
  const owners = new Map<number, number>()
  let looked = 0
  let sliceEndsAt = performance.now() + SLICE_MS
  for (const pid of pids) {
    for (const descriptor of await descriptorsOf(proc, pid)) {
      looked += 1
      const inode = Number(/^socket:\[(\d+)\]$/.exec(await linkOrNull(proc, `${pid}/fd/${descriptor}`) ?? '')?.[1])
      if (inodes.has(inode) && !owners.has(inode))
        owners.set(inode, pid)
    }
    if (owners.size === inodes.size || looked > MOST_DESCRIPTORS)
      break
    if (performance.now() > sliceEndsAt) {
      await setImmediate()
      signal.throwIfAborted()
      sliceEndsAt = performance.now() + SLICE_MS
    }
  }
  return owners
}

async function descriptorsOf(proc: ProcSource, pid: number): Promise<string[]> {
  try {
    return await proc.listFolder(`${pid}/fd`)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return []
    throw error
  }
}

async function linkOrNull(proc: ProcSource, path: string): Promise<string | null> {
  try {
    return await proc.readLink(path)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
