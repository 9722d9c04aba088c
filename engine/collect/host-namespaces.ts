import { type NamespaceType, NAMESPACE_TYPES } from '../../shared/model/namespace'
import { parseProcStat } from '../parse/proc-stat'
import { isInHostNetwork } from '../sources/network-identity'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { INITIAL_INODES } from './initial-namespaces'
import { readNamespaces } from './scan-host'

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
export function readHostNamespaces(proc: ProcSource): HostNamespaces {
  const ofInit = readNamespaces(proc, 1)
  if (Object.keys(ofInit).length > 0)
    return { inodes: ofInit, of: 1 }
  const ofKernel = isKernelThread(proc, 2) ? readNamespaces(proc, 2) : {}
  if (Object.keys(ofKernel).length > 0)
    return { inodes: ofKernel, of: 2 }
  const own = readNamespaces(proc, 'self')
  return { inodes: Object.fromEntries(NAMESPACE_TYPES.flatMap(type => own[type] !== undefined && isHosts(type, own[type], proc) ? [[type, own[type]]] : [])), of: 'self' }
}

/** Whether our own process is in the host's namespace of that type: what the kernel tells us about ourselves is the host's only then. */
export function isInHostNamespace(proc: ProcSource, type: NamespaceType): boolean {
  const own = readNamespaces(proc, 'self')[type]
  return own !== undefined && own === readHostNamespaces(proc).inodes[type]
}

/** `kthreadd` has no parent and makes all other kernel threads. */
function isKernelThread(proc: ProcSource, pid: number): boolean {
  const stat = parseProcStat(proc.readText(`${pid}/stat`) ?? '')
  return stat !== null && stat.comm === 'kthreadd' && stat.ppid === 0
}

function isHosts(type: NamespaceType, inode: number, proc: ProcSource): boolean {
  if (type === 'mnt')
    return firstMountId(proc, 'self') !== undefined && firstMountId(proc, 'self') === firstMountId(proc, 1)
  if (type === 'net')
    return isInHostNetwork(proc)
  return inode === INITIAL_INODES[type]
}

/** A copy of a mount namespace gives every mount a new id (mount_namespaces(7)); mountinfo is readable by all. */
function firstMountId(proc: ProcSource, pid: 1 | 'self'): string | undefined {
  try {
    return /^\d+/.exec(proc.readText(`${pid}/mountinfo`) ?? '')?.[0]
  }
  catch (error) {
    if (error instanceof Unreadable)
      return undefined
    throw error
  }
}
