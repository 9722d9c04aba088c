import type { ContainerRef } from '../../shared/model/container'
import type { Namespace } from '../../shared/model/namespace'
import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import { type HostNamespaces, readHostNamespaces } from './host-namespaces'
import { initialOfHost, reportedNamespaceFacts } from './reported'
import type { HostScan } from './scan-host'
import { known, type Scene, unknown } from './scene'

/** The eight namespaces of the container's first process beside the host's (namespaces(7)), each with its verdict and its proof. */
export async function collectNamespaces(scene: Scene): Promise<Namespace[]> {
  const reported = scene.reported && reportedNamespaceFacts(scene, scene.reported)
  if (scene.kernel.proc === null && reported)
    return reported
  const host: HostNamespaces = scene.kernel.proc === null ? { inodes: {}, of: 1 } : await readHostNamespaces(scene.kernel.proc)
  return NAMESPACE_TYPES.map((type) => {
    const read = namespace(type, scene, host)
    const told = reported?.find(one => one.type === type)
    return read.container === null && told !== undefined && told.container !== null ? { ...told, ...read.host === null ? {} : { host: read.host, hostSource: read.hostSource } } : read
  })
}

function namespace(type: NamespaceType, scene: Scene, host: HostNamespaces): Namespace {
  const command = (pid: string | number): string => `sudo readlink /proc/${pid}/ns/${type}`
  if (scene.kernel.proc === null && scene.container.hostPid !== null)
    return { type, container: null, verdict: 'unknown', sharedWith: [], source: unknown(scene.init.proc === null ? scene.init.because : scene.kernel.because, command('<pid>')), ...initialOfHost(type) }
  const hostInode = host.inodes[type] ?? null
  const hostSource = hostInode === null
    ? unknown(scene.kernel.proc === null ? scene.kernel.because : `no permission to read /proc/1/ns/${type}, and Isoscope's own is not proved to be the same`, command(1))
    : known('proc', `/proc/${host.of}/ns/${type}`, command(host.of))
  if (scene.init.proc === null)
    return { type, container: null, host: hostInode, verdict: 'unknown', sharedWith: [], source: unknown(scene.init.because, command('<pid>')), hostSource }
  const { hostPid } = scene.init
  const inode = scene.scan?.byPid.get(hostPid)?.namespaces[type] ?? null
  if (inode === null)
    return { type, container: null, host: hostInode, verdict: 'unknown', sharedWith: [], source: unknown(`/proc/${hostPid}/ns/${type} may be read only by root or by who may trace the process${scene.unreportedBecause === null ? '' : `; and ${scene.unreportedBecause}`}`, command(hostPid)), hostSource }
  const sharedWith = scene.scan ? containersIn(type, inode, scene.scan, scene) : []
  const isHosts = inode === hostInode
  const untold = isHosts || sharedWith.length > 0 ? null : untoldContainer(type, scene)
  const verdict = hostInode === null ? 'unknown' : isHosts ? 'host' : sharedWith.length > 0 ? 'shared' : untold === null ? 'private' : 'unknown'
  return {
    type,
    container: inode,
    host: hostInode,
    verdict,
    sharedWith,
    source: { ...known('proc', `/proc/${hostPid}/ns/${type}`, command(hostPid)), unknownBecause: hostSource.unknownBecause ?? (untold === null ? null : `it is not the host's, but whether ${untold} is in it too could not be read`) },
    hostSource,
  }
}

/** Other containers that have a process in that namespace. */
function containersIn(type: NamespaceType, inode: number, scan: HostScan, { container, containerNames }: Scene): ContainerRef[] {
  const ids = new Set(scan.processes.flatMap(process =>
    process.namespaces[type] === inode && process.containerId !== null && process.containerId !== container.id ? [process.containerId] : []))
  return [...ids].map(id => ({ id, name: containerNames.get(id) ?? id.slice(0, 12) })).sort((a, b) => a.name.localeCompare(b.name))
}

/** A container that runs, of which no process could be seen or one could not be looked at, or not all can have been: it may be in the same namespace. */
function untoldContainer(type: NamespaceType, { scan, container, runningContainers }: Scene): string | null {
  const others = runningContainers.filter(({ id }) => id !== container.id)
  const untold = others.find(({ id }) => {
    const own = scan?.processes.filter(process => process.containerId === id && process.state !== 'Z') ?? []
    return own.length === 0 || scan?.incompleteBecause != null || own.some(process => process.namespaces[type] === undefined)
  })
  return untold?.name ?? null
}
