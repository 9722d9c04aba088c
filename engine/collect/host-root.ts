import { type ContainerRoot, rootAt } from '../sources/container-root'
import { type ProcSource, Unreadable } from '../sources/proc-source'

/** As many processes are tried; on a machine where none of them may be looked at, a later one seldom may. */
const MOST_TRIED = 200

export interface HostRoot {
  readonly root: ContainerRoot
  /** How it was come by: `/proc/1/root`. */
  readonly path: string
}

/**
 * The `/` of the engine's machine: that of its first process. That one may not always be looked at, not even by root (it may have a
 * capability that we lack): then that of another process, ours first, which is proved to be the same directory. Null: of none. The
 * caller closes it.
 */
export async function openHostRoot(proc: ProcSource): Promise<HostRoot | null> {
  const first = await openRootOf(proc, 1)
  if (first !== null)
    return first
  const hosts = await rootMountOf(proc, 1)
  if (hosts === null)
    return null
  for (const pid of ['self' as const, ...(await proc.listPids()).slice(0, MOST_TRIED)]) {
    const root = await rootMountOf(proc, pid) === hosts ? await openRootOf(proc, pid) : null
    if (root !== null)
      return root
  }
  return null
}

async function openRootOf(proc: ProcSource, pid: number | 'self'): Promise<HostRoot | null> {
  return nullWhenUnreadable(async () => ({ root: rootAt(await proc.openFolder(`${pid}/root`)), path: `${proc.root}/${pid}/root` }))
}

/**
 * Which mount the process's root directory is, by its number: mountinfo is readable by all, and a copy of a mount namespace, which may
 * have other files mounted below, gives every mount a new number (mount_namespaces(7)).
 */
const rootMountOf = (proc: ProcSource, pid: number | 'self'): Promise<string | null> => nullWhenUnreadable(async () => {
  const lines = (await proc.readText(`${pid}/mountinfo`) ?? '').split('\n').map(line => line.split(' '))
  const [id, , , root] = lines.findLast(fields => fields[4] === '/') ?? []
  return id === undefined ? null : `${id} ${root}`
})

async function nullWhenUnreadable<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read()
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
