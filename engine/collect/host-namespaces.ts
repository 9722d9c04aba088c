import { type NamespaceType, NAMESPACE_TYPES } from '../../shared/model/namespace-type'
import { oneProcStat } from '../parse/proc-stat'
import { isInHostNetwork } from '../sources/network-identity'
import type { ProcSource } from '../sources/proc-source'
import { INITIAL_INODES } from './initial-namespaces'
import { readNamespaces, readOrNull } from './scan-host'

export interface HostNamespaces {
  /** A missing type could not be read, or not be proved to be the host's. */
  readonly inodes: Readonly<Partial<Record<NamespaceType, number>>>
  /** The process whose links were read. */
  readonly of: 1 | 2 | 'self'
}

/**
 * The engine host's own namespaces: those of PID 1. Where it may not be traced (root without one of its capabilities is refused too),
 * those of the kernel's own thread, which never leaves the initial ones, and without the right to trace that either our own, as far as
 * they are proved to be the host's: Isoscope itself may run in a container.
 */
export async function readHostNamespaces(proc: ProcSource): Promise<HostNamespaces> {
  const ofInit = await readNamespaces(proc, 1)
  if (Object.keys(ofInit).length > 0)
    return { inodes: ofInit, of: 1 }
  const ofKernel = await isKernelThread(proc, 2) ? await readNamespaces(proc, 2) : {}
  if (Object.keys(ofKernel).length > 0)
    return { inodes: ofKernel, of: 2 }
  const own = await readNamespaces(proc, 'self')
  const proved = await Promise.all(NAMESPACE_TYPES.map(async type => own[type] !== undefined && await isHosts(type, own[type], proc) ? [[type, own[type]]] : []))
  return { inodes: Object.fromEntries(proved.flat()), of: 'self' }
}

/** Whether our own process is in the host's namespace of that type: what the kernel tells us about ourselves is the host's only then. */
export async function isInHostNamespace(proc: ProcSource, type: NamespaceType): Promise<boolean> {
  const own = (await readNamespaces(proc, 'self'))[type]
  return own !== undefined && own === (await readHostNamespaces(proc)).inodes[type]
}

/** `kthreadd` has no parent and makes all other kernel threads. */
async function isKernelThread(proc: ProcSource, pid: number): Promise<boolean> {
  const stat = oneProcStat(await readOrNull(proc, `${pid}/stat`))
  return stat?.comm === 'kthreadd' && stat.ppid === 0
}

async function isHosts(type: NamespaceType, inode: number, proc: ProcSource): Promise<boolean> {
  if (type === 'mnt') {
    const own = await firstMountId(proc, 'self')
    return own !== undefined && own === await firstMountId(proc, 1)
  }
  if (type === 'net')
    return isInHostNetwork(proc)
  return inode === INITIAL_INODES[type]
}

/** A copy of a mount namespace gives every mount a new id (mount_namespaces(7)); mountinfo is readable by all. */
async function firstMountId(proc: ProcSource, pid: 1 | 'self'): Promise<string | undefined> {
  return /^\d+/.exec(await readOrNull(proc, `${pid}/mountinfo`) ?? '')?.[0]
}
