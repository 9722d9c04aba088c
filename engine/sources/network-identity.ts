import { statSync } from 'node:fs'
import type { ProcSource } from './proc-source'

/**
 * Tells network namespaces apart without the right to read `ns/net`: each has its own `/proc/<pid>/net` files, so the inode of one of
 * them is the same only for processes that share it (fs/proc/proc_net.c). Null when it cannot be told.
 */
export function networkIdentity(proc: ProcSource, pid: number | 'self'): number | null {
  try {
    return statSync(`${proc.root}/${pid}/net/dev`).ino
  }
  catch (error) {
    if (error instanceof Error && 'code' in error)
      return null
    throw error
  }
}

/** Whether this process is in the network namespace of the kernel's first process. */
export function isInHostNetwork(proc: ProcSource): boolean {
  const own = networkIdentity(proc, 'self')
  return own !== null && own === networkIdentity(proc, 1)
}
