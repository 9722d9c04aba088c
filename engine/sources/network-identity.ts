import { type ProcSource, Unreadable } from './proc-source'

/**
 * Tells network namespaces apart without the right to read `ns/net`: each has its own `/proc/<pid>/net` files, so the inode of one of
 * them is the same only for processes that share it (fs/proc/proc_net.c). Null when it cannot be told.
 */
export async function networkIdentity(proc: ProcSource, pid: number | 'self'): Promise<number | null> {
  try {
    return await proc.inodeOf(`${pid}/net/dev`)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}

/** Whether the process that reads is in the network namespace of the kernel's first process. */
export async function isInHostNetwork(proc: ProcSource): Promise<boolean> {
  const own = await networkIdentity(proc, 'self')
  return own !== null && own === await networkIdentity(proc, 1)
}
