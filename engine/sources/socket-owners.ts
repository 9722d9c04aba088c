import { setImmediate } from 'node:timers/promises'
import { type ProcSource, Unreadable } from './proc-source'

const SLICE_MS = 8
/** Descriptors that are looked at before the search is given up; a busy host has some ten thousand. */
const MOST_DESCRIPTORS = 200_000
/** Questions that are asked without waiting for the one before: through a helper each would wait for a way there and back. */
const PROCESSES_AT_ONCE = 64
const LINKS_AT_ONCE = 512

/**
 * Which process holds a socket: `/proc/<pid>/fd/<n>` reads `socket:[inode]` (proc_pid_fd(5)). Of several that share one the first of
 * `pids`. Needs the right to trace each process; those that refuse are passed over.
 */
export async function findSocketOwners(proc: ProcSource, pids: readonly number[], inodes: ReadonlySet<number>, signal: AbortSignal): Promise<Map<number, number>> {
  const owners = new Map<number, number>()
  let looked = 0
  let sliceEndsAt = performance.now() + SLICE_MS
  for (const some of inParts(pids, PROCESSES_AT_ONCE)) {
    const descriptors = (await Promise.all(some.map(async pid => (await descriptorsOf(proc, pid)).map(name => ({ pid, path: `${pid}/fd/${name}` }))))).flat()
    for (const part of inParts(descriptors, LINKS_AT_ONCE)) {
      const targets = await Promise.all(part.map(({ path }) => linkOrNull(proc, path)))
      part.forEach(({ pid }, at) => {
        const inode = Number(/^socket:\[(\d+)\]$/.exec(targets[at] ?? '')?.[1])
        if (inodes.has(inode) && !owners.has(inode))
          owners.set(inode, pid)
      })
      looked += part.length
      if (performance.now() > sliceEndsAt) {
        await setImmediate()
        signal.throwIfAborted()
        sliceEndsAt = performance.now() + SLICE_MS
      }
    }
    if (owners.size === inodes.size || looked > MOST_DESCRIPTORS)
      break
  }
  return owners
}

function* inParts<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size)
    yield items.slice(at, at + size)
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
