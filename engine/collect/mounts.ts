import { Buffer } from 'node:buffer'
import type { Evidence } from '../../shared/model/evidence'
import type { Mount } from '../../shared/model/files'
import type { Problem } from '../../shared/model/problem'
import { type MountInfo, parseProcMountinfo } from '../parse/proc-mountinfo'
import { textFromLatin1 } from '../parse/raw-name'
import type { ContainerRoot } from '../sources/container-root'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { type HostMounts, hostMounts, hostPathOf, showsMount } from './host-path'
import { known, type Scene } from './scene'

/** A container may mount as often as it likes; as many lines are shown. */
const MOST_MOUNTS = 2_000

/** File systems of which each namespace or container has its own instance, or whose place on the host says nothing. */
const KERNEL_FILE_SYSTEMS = new Set(['proc', 'sysfs', 'cgroup', 'cgroup2', 'mqueue', 'devpts'])

export interface FoundMounts {
  readonly mounts: Mount[]
  /** Where mounts are, one character a byte; empty when that could not be read. */
  readonly points: readonly string[]
  readonly evidence: Evidence
  readonly problems: Problem[]
}

/** `/proc/<pid>/mountinfo`, or null when the process is gone. Throws Unreadable. */
export async function readMountinfo(proc: ProcSource, pid: number | 'self'): Promise<MountInfo[] | null> {
  const text = await proc.readText(`${pid}/mountinfo`)
  return text === null ? null : parseProcMountinfo(text)
}

/**
 * The mounts of the container's mount namespace, each with its place on the host: for what was declared the declared source, if
 * that is what is mounted there, for other binds what the host's own mounts of the same file system say. Without mountinfo the declared ones, and said to be.
 */
export async function collectMounts(scene: Scene, root: ContainerRoot | null): Promise<FoundMounts> {
  const { init, container } = scene
  if (init.proc === null)
    return asDeclared(scene, init.because, [])
  const command = `cat /proc/${init.hostPid}/mountinfo`
  try {
    const inside = await readMountinfo(init.proc, init.hostPid)
    if (inside === null)
      return asDeclared(scene, 'its first process ended while it was being looked at', [])
    const onHost = hostMounts(await readMountinfo(init.proc, 1) ?? [])
    const declared = await declaredSources(scene, root)
    const shown = inside.slice(0, MOST_MOUNTS)
    return {
      mounts: shown.map(mount => describe(mount, declared, onHost)),
      points: inside.map(mount => mount.mountPoint),
      evidence: known('proc', `/proc/${init.hostPid}/mountinfo`, command),
      problems: inside.length === shown.length
        ? []
        : [{
            code: 'FILES_MOUNTS_CUT',
            what: `${container.name} has ${inside.length} mounts; the first ${MOST_MOUNTS} are shown.`,
            fix: `See all of them: ${command}`,
          }],
    }
  }
  catch (error) {
    if (!(error instanceof Unreadable))
      throw error
    return asDeclared(scene, error.message, [{
      code: 'FILES_MOUNTS_UNREADABLE',
      what: `The mounts of ${container.name} could not be read: ${error.message}.`,
      fix: `Run Isoscope as root, or see them yourself: sudo ${command}`,
    }])
  }
}

/** Destination, as declared and where links inside the container make it end, → source on the host; null: a tmpfs, which has none. */
async function declaredSources({ container, raw }: Scene, root: ContainerRoot | null): Promise<Map<string, string | null>> {
  const sources = new Map<string, string | null>()
  const declare = async (destination: string, source: string | null): Promise<void> => {
    const path = Buffer.from(destination).toString('latin1')
    sources.set(path, source)
    const resolved = await resolvedOrNull(root, path)
    if (resolved !== null)
      sources.set(resolved, source)
  }
  for (const mount of container.mounts)
    await declare(mount.destination, mount.type === 'tmpfs' ? null : mount.source)
  for (const destination of raw.HostConfig.Tmpfs.keys())
    await declare(destination, null)
  return sources
}

async function resolvedOrNull(root: ContainerRoot | null, path: string): Promise<string | null> {
  try {
    return await root?.resolve(path) ?? null
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null // the declared path still stands as it is
    throw error
  }
}

/** A declared source is where the engine sees it, which may have other mounts than the host has (rootless): the kernel's word counts. */
export const declaredPlace = (mount: MountInfo, source: string, onHost: HostMounts): string | null => {
  if (onHost.inOrder.length === 0 || showsMount(mount, Buffer.from(source).toString('latin1'), onHost))
    return source
  const place = hostPathOf(mount, mount.mountPoint, onHost)
  return place === null ? null : textFromLatin1(place)
}

function placeOf(mount: MountInfo, source: string | null | undefined, onHost: HostMounts): string | null {
  if (source !== undefined)
    return source === null ? null : declaredPlace(mount, source, onHost)
  const place = mount.root === '/' || KERNEL_FILE_SYSTEMS.has(mount.fileSystem) ? null : hostPathOf(mount, mount.mountPoint, onHost)
  return place === null ? null : textFromLatin1(place)
}

function describe(mount: MountInfo, declared: ReadonlyMap<string, string | null>, onHost: HostMounts): Mount {
  const source = declared.get(mount.mountPoint)
  return {
    destination: textFromLatin1(mount.mountPoint),
    // As findmnt(8) writes it: the part of the file system that is mounted in brackets.
    source: textFromLatin1(mount.root === '/' ? mount.source : `${mount.source}[${mount.root}]`),
    hostPath: placeOf(mount, source, onHost),
    fileSystem: textFromLatin1(mount.fileSystem),
    isReadOnly: hasOption(mount.options, 'ro') || hasOption(mount.superOptions, 'ro'),
    options: textFromLatin1(mergedOptions(mount)),
    propagation: mount.propagation,
    isDeclared: source !== undefined,
  }
}

const hasOption = (options: string, option: string): boolean => options.split(',').includes(option)

/** Those of this mount, then those of the file system that it does not repeat. */
function mergedOptions({ options, superOptions }: MountInfo): string {
  const own = options.split(',')
  return [...own, ...superOptions.split(',').filter(option => option !== '' && option !== 'rw' && option !== 'ro' && !own.includes(option))].join(',')
}

function asDeclared({ container, raw }: Scene, because: string, problems: Problem[]): FoundMounts {
  const mounts = container.mounts.map((mount): Mount => ({
    destination: mount.destination,
    source: mount.source,
    hostPath: mount.type === 'bind' || mount.type === 'volume' ? mount.source : null,
    fileSystem: mount.type,
    isReadOnly: mount.isReadOnly,
    options: mount.isReadOnly ? 'ro' : 'rw',
    propagation: 'unknown',
    isDeclared: true,
  }))
  const temporary = [...raw.HostConfig.Tmpfs].map(([destination, options]): Mount => ({
    destination,
    source: 'tmpfs',
    hostPath: null,
    fileSystem: 'tmpfs',
    isReadOnly: hasOption(options, 'ro'),
    options,
    propagation: 'unknown',
    isDeclared: true,
  }))
  return {
    mounts: [...mounts, ...temporary],
    points: [],
    evidence: {
      ...known('engine-api', `GET /containers/{id}/json, Mounts, as declared: ${because}`, `docker inspect --format '{{json .Mounts}}' ${container.name}`),
      // One that runs may have more mounts than were declared; one that does not has no others.
      unknownBecause: container.hostPid === null ? null : because,
    },
    problems,
  }
}
