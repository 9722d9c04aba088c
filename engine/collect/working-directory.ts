import type { Evidence } from '../../shared/model/evidence'
import type { Snapshot } from '../../shared/model/snapshot'
import { textFromLatin1 } from '../parse/raw-name'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { hostPathOf, mountHolding, hostMounts } from './host-path'
import { readMountinfo } from './mounts'
import { type Collected, known, type Scene, unknown } from './scene'

type WorkingDirectory = Snapshot['workingDirectory']

/** Where the container's first process works, as it says and as the engine host would. */
export async function collectWorkingDirectory(scene: Scene): Promise<Collected<WorkingDirectory>> {
  const { init } = scene
  if (init.proc === null)
    return declared(scene, init.because)
  try {
    return await fromKernel(init.proc, init.hostPid) ?? declared(scene, 'its first process ended while it was being looked at')
  }
  catch (error) {
    if (error instanceof Unreadable)
      return declared(scene, error.message)
    throw error
  }
}

/** proc_pid_cwd(5): read from outside, the link names the directory from the root of the container's own mounts. */
async function fromKernel(proc: ProcSource, hostPid: number): Promise<Collected<WorkingDirectory> | null> {
  const link = `${proc.root}/${hostPid}/cwd`
  const path = await proc.readLink(`${hostPid}/cwd`)
  if (path === null)
    return null
  const onHost = await isDeleted(proc, hostPid) ? 'it was deleted while it was in use' : await placeOnHost(proc, hostPid, path)
  const inside = textFromLatin1(path)
  const command = `sudo findmnt --target ${link}`
  return {
    facts: { inside, onHost: typeof onHost === 'string' ? null : textFromLatin1(onHost.path) },
    evidence: {
      'workingDirectory.inside': known('proc', link, `sudo readlink ${link}`),
      'workingDirectory.onHost': typeof onHost === 'string'
        ? unknown(onHost, command)
        : known('proc', `${proc.root}/${hostPid}/mountinfo beside ${proc.root}/1/mountinfo`, command),
    },
  }
}

/** The kernel writes ` (deleted)` behind the path, as a directory may be called, too; a deleted one has no links left. */
async function isDeleted(proc: ProcSource, hostPid: number): Promise<boolean> {
  const folder = await proc.openFolder(`${hostPid}/cwd`)
  try {
    return folder.isEmptied
  }
  finally {
    folder.close()
  }
}

async function placeOnHost(proc: ProcSource, hostPid: number, path: string): Promise<{ path: string } | string> {
  const mount = mountHolding(path, await readMountinfo(proc, hostPid) ?? [])
  const onHost = await readMountinfo(proc, 1)
  const place = mount === null || onHost === null ? null : hostPathOf(mount, path, hostMounts(onHost))
  return place === null ? 'the engine host itself has that file system mounted nowhere' : { path: place }
}

function declared(scene: Scene, because: string): Collected<WorkingDirectory> {
  const { container } = scene
  const place = declaredPlace(scene)
  return {
    facts: { inside: container.workingDirectory, onHost: place?.path ?? null },
    evidence: {
      'workingDirectory.inside': asDeclared('Config.WorkingDir', because, `docker inspect --format '{{.Config.WorkingDir}}' ${container.name}`),
      'workingDirectory.onHost': place === null
        ? unknown(because, `docker inspect --format '{{json .GraphDriver.Data}}' ${container.name}`)
        : asDeclared(place.field, because, `docker inspect --format '{{json .${place.field}}}' ${container.name}`),
    },
  }
}

const isBelow = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder.replace(/\/$/, '')}/`)

/**
 * Below the source of the declared mount that holds it, or where the engine says that it merges the layers while the container runs; a
 * rootless engine does that in a mount namespace of its own, where nobody else sees it.
 */
function declaredPlace({ container, raw, engine }: Scene): { path: string, field: string } | null {
  const folder = container.workingDirectory
  if ([...raw.HostConfig.Tmpfs.keys()].some(destination => isBelow(folder, destination)))
    return null
  const [mount] = container.mounts
    .filter(({ destination }) => isBelow(folder, destination))
    .sort((a, b) => b.destination.length - a.destination.length)
  if (mount !== undefined)
    return mount.source === '' || mount.type === 'tmpfs' ? null : { path: `${mount.source}${folder.slice(mount.destination.length)}`, field: 'Mounts' }
  const merged = container.hostPid === null || engine.isRootless ? undefined : raw.GraphDriver?.Data.get('MergedDir')
  return merged === undefined ? null : { path: folder === '/' ? merged : `${merged}${folder}`, field: 'GraphDriver.Data.MergedDir' }
}

const asDeclared = (field: string, because: string, command: string): Evidence =>
  known('engine-api', `GET /containers/{id}/json, ${field}, as declared: ${because}`, command)
