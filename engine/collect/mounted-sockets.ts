import { Buffer } from 'node:buffer'
import { basename, posix } from 'node:path'
import type { Security } from '../../shared/model/security'
import type { ContainerRoot } from '../sources/container-root'
import { Unreadable } from '../sources/proc-source'
import { type MountInfo, parseProcMountinfo } from '../parse/proc-mountinfo'
import { hostMounts } from './host-path'
import { openHostRoot } from './host-root'
import { declaredPlace } from './mounts'
import { readOrNull } from './scan-host'
import type { Scene } from './scene'

const ENGINE_SOCKETS = ['/run/docker.sock', '/run/containerd/containerd.sock', '/run/podman/podman.sock', '/run/crio/crio.sock']

/**
 * Declared mounts that are a socket of the host, or a folder of the host in which an engine's socket lies. Where the host's files may
 * not be looked at, the declared names alone tell.
 */
export async function findMountedSockets(scene: Scene): Promise<Security['mountedSockets']> {
  const root = scene.kernel.proc === null ? null : (await openHostRoot(scene.kernel.proc))?.root ?? null
  try {
    const engineSockets = await knownEngineSockets(scene, root)
    const mounts = await placedMounts(scene)
    const found = await Promise.all(mounts.map(mount =>
      root === null ? asDeclared(mount, engineSockets) : onHost(mount, engineSockets, root)))
    return found.flat()
  }
  finally {
    root?.close()
  }
}

/** Each with its source as the host has it; without those of which it has none: a rootless engine has mounts of its own. */
async function placedMounts({ init, container }: Scene): Promise<DeclaredMount[]> {
  const read = async (pid: number): Promise<MountInfo[]> => parseProcMountinfo(init.proc === null ? '' : await readOrNull(init.proc, `${pid}/mountinfo`) ?? '')
  const inside = await read(init.proc === null ? 0 : init.hostPid)
  const host = hostMounts(await read(1))
  return container.mounts.flatMap((declared) => {
    const mount = inside.findLast(({ mountPoint }) => mountPoint === Buffer.from(declared.destination).toString('latin1'))
    const source = mount === undefined ? declared.source : declaredPlace(mount, declared.source, host)
    return source === null ? [] : [{ ...declared, source }]
  })
}

type DeclaredMount = Scene['container']['mounts'][number]

async function onHost({ source, destination }: DeclaredMount, engineSockets: readonly string[], root: ContainerRoot): Promise<Security['mountedSockets']> {
  const hostPath = await realPath(root, source)
  if (await isSocket(root, hostPath))
    return [{ destination, hostPath: source, isEngineSocket: isEngines(hostPath, engineSockets) }]
  const below = engineSockets.filter(socket => socket.startsWith(hostPath.endsWith('/') ? hostPath : `${hostPath}/`))
  const within = await Promise.all(below.map(async socket => await isSocket(root, socket) ? [socket] : []))
  return [...new Set(within.flat())].map(socket => ({ destination: posix.join(destination, posix.relative(hostPath, socket)), hostPath: socket, isEngineSocket: true }))
}

const asDeclared = ({ source, destination }: DeclaredMount, engineSockets: readonly string[]): Security['mountedSockets'] =>
  source.endsWith('.sock') ? [{ destination, hostPath: source, isEngineSocket: isEngines(source.replace(/^\/var\/run\//, '/run/'), engineSockets) }] : []

const isEngines = (hostPath: string, engineSockets: readonly string[]): boolean =>
  engineSockets.some(socket => hostPath === socket || basename(hostPath) === basename(socket))

/** The socket of this very engine too, when it is a path of the same machine. */
async function knownEngineSockets({ docker, kernel }: Scene, root: ContainerRoot | null): Promise<string[]> {
  const own = kernel.proc === null || kernel.proc.step === 'helper' ? undefined : docker.endpoint.address.match(/^unix:\/\/(.*)$/)?.[1]
  return own === undefined || root === null ? ENGINE_SOCKETS : [...ENGINE_SOCKETS, await realPath(root, own)]
}

/** Most systems have /var/run as a link to /run; a source that is not there any more, or may not be looked at, is itself. */
async function realPath(root: ContainerRoot, path: string): Promise<string> {
  try {
    const resolved = await root.resolve(Buffer.from(path).toString('latin1'))
    return resolved === null ? path : Buffer.from(resolved, 'latin1').toString()
  }
  catch (error) {
    if (error instanceof Unreadable)
      return path
    throw error
  }
}

async function isSocket(root: ContainerRoot, path: string): Promise<boolean> {
  const levels = path.split('/').filter(level => level !== '').map(level => Buffer.from(level))
  const name = levels.pop()
  if (name === undefined)
    return false
  try {
    return await root.within(levels, async folder => (await folder.status(name))?.kind === 'socket')
  }
  catch (error) {
    if (error instanceof Unreadable)
      return false
    throw error
  }
}
