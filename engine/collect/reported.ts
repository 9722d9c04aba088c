import type { Namespace } from '../../shared/model/namespace'
import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import type { ProcessRow } from '../../shared/model/process'
import { ProcessState } from '../../shared/model/process-state'
import { ProblemError } from '../../shared/model/problem'
import { textFromBytes } from '../parse/raw-name'
import type { ContainerDetail, ContainerRef } from '../../shared/model/container'
import type { DockerEngine } from '../sources/docker'
import { INITIAL_INODES } from './initial-namespaces'
import { collectDeclaredModes, type JoinableType, joinedWith } from './joined-namespaces'
import { known, type Reported, type Scene, unknown } from './scene'

/**
 * Numbers first, the name alone and last: the engine splits the output of ps at spaces, and a name may hold any.
 * ps(1) of procps 4 knows all of these columns; the `ps` of busybox refuses them.
 */
const COLUMNS = ['pid', 'ppid', 'uid', 'rss', 'cputimes', 'stat', ...NAMESPACE_TYPES.map(type => `${type}ns`), 'comm']
const PS_ARGS = `-eo ${COLUMNS.join(',')}`

/** Or the reason, when the engine's `ps` cannot do it. */
export async function collectReported(docker: DockerEngine, container: ContainerDetail, running: readonly ContainerRef[], signal: AbortSignal): Promise<Reported | { because: string }> {
  try {
    const top = await docker.top(container.id, PS_ARGS, signal)
    const commandLines = new Map((await docker.top(container.id, '-eo pid,args', signal)).Processes?.map(([pid, args]) => [Number(pid), args ?? '']))
    if (top.Titles.length !== COLUMNS.length || top.Titles[0] !== 'PID')
      return { because: `the engine's ps did not tell what it was asked for but ${top.Titles.slice(0, COLUMNS.length).join(' ') || 'nothing'}` }
    const told = top.Processes ?? []
    const rows = told.filter(row => row.length === COLUMNS.length && /^\d+$/.test(row[0] ?? ''))
    return {
      isWhole: false,
      incompleteBecause: rows.length === told.length ? null : `the engine's ps told ${told.length - rows.length} of ${told.length} processes in a way that cannot be read`,
      processes: rows.map(row => reportedRow(row, commandLines, container.name)),
      namespacesByPid: new Map(rows.map(row => [Number(row[0]), reportedNamespaces(row)])),
      declared: await collectDeclaredModes(docker, running, signal),
    }
  }
  catch (error) {
    if (error instanceof ProblemError)
      return { because: `the engine's ps could not tell it: ${error.problem.what}` }
    throw error
  }
}

function reportedRow(row: readonly string[], commandLines: ReadonlyMap<number, string>, containerName: string): ProcessRow {
  const cell = (name: string): string => row[COLUMNS.indexOf(name)] ?? ''
  const number = (name: string): number | null => /^\d+$/.test(cell(name)) ? Number(cell(name)) : null
  const state = ProcessState.safeParse(cell('stat').slice(0, 1))
  const rssKibibytes = number('rss')
  return {
    pid: null,
    hostPid: number('pid'),
    ppid: null,
    hostPpid: number('ppid'),
    uid: null,
    hostUid: number('uid'),
    user: null,
    hostUser: null,
    owner: 'this-container',
    ownerName: containerName,
    state: state.success ? state.data : '?',
    command: textFromBytes(Buffer.from(cell('comm'))),
    args: [textFromBytes(Buffer.from(commandLines.get(number('pid') ?? 0) ?? ''))],
    startedAt: null,
    startedAtTicks: null,
    rssBytes: rssKibibytes === null ? null : rssKibibytes * 1024,
    cpuSeconds: number('cputimes'),
    threadCount: null,
  }
}

function reportedNamespaces(row: readonly string[]): Map<NamespaceType, number> {
  return new Map(NAMESPACE_TYPES.flatMap((type): [NamespaceType, number][] => {
    const inode = row[COLUMNS.indexOf(`${type}ns`)] ?? ''
    return /^\d+$/.test(inode) ? [[type, Number(inode)]] : []
  }))
}

/** The engine machine's own namespace of that kind, without a look at it: most kinds have a constant inode. */
export function initialOfHost(type: NamespaceType): Pick<Namespace, 'host' | 'hostSource'> {
  const host = INITIAL_INODES[type] ?? null
  const command = `readlink /proc/1/ns/${type}`
  return {
    host,
    hostSource: host === null
      ? unknown('the engine machine\'s own is not in what the engine reports', command)
      : known('engine-api', 'the inode of every initial namespace of this kind (linux/proc_ns.h)', command),
  }
}

/** The eight namespaces out of what `ps` reported: a verdict only where the kernel's constants or the declared mode decide it. */
export function reportedNamespaceFacts(scene: Scene, reported: Reported): Namespace[] {
  const { container } = scene
  const inodes = reported.namespacesByPid.get(container.hostPid ?? 0)
  return NAMESPACE_TYPES.map((type): Namespace => {
    const inode = inodes?.get(type) ?? null
    const command = `docker top ${container.name} -eo pid,${type}ns`
    const { host: initial, hostSource } = initialOfHost(type)
    if (inode === null)
      return { type, container: null, host: initial, verdict: 'unknown', sharedWith: [], source: unknown(reported.isWhole ? 'Podman does not tell the namespaces of a process' : 'the engine\'s ps did not report it', command), hostSource }
    const sharedWith = isJoinable(type) ? joinedContainers(type, scene, reported) : []
    const verdict = reportedVerdict(type, inode, scene, sharedWith)
    const because = verdict === 'unknown' ? 'reported, but nothing tells whether it is the engine machine\'s own, or another container\'s too' : null
    return {
      type,
      container: inode,
      host: initial,
      verdict,
      sharedWith: sharedWith ?? [],
      source: { ...known('engine-api', `as reported by the engine's ps: GET /containers/{id}/top?ps_args=-eo pid,${type}ns`, command), unknownBecause: because },
      hostSource,
    }
  })
}

function declaredMode(type: NamespaceType, { container }: Scene): string | null {
  const { modes } = container
  return { pid: modes.pid, net: modes.network, ipc: modes.ipc, uts: modes.uts, cgroup: modes.cgroup, mnt: null, user: null, time: null }[type]
}

/** `sharedWith` null: another container could not be asked what it joined. */
function reportedVerdict(type: NamespaceType, inode: number, scene: Scene, sharedWith: Namespace['sharedWith'] | null): Namespace['verdict'] {
  const initial = INITIAL_INODES[type]
  if (inode === initial)
    return 'host'
  const mode = declaredMode(type, scene)
  if (mode === null)
    return 'unknown'
  // The engine's own, which is not the machine's: the engine itself runs in a container, or rootless.
  if (mode === 'host')
    return initial === undefined && !scene.engine.isRootless ? 'host' : 'unknown'
  if (sharedWith === null || !isOwnByDefault(type, mode, scene))
    return 'unknown'
  return sharedWith.length > 0 ? 'shared' : 'private'
}

/**
 * Whether the mode means a namespace that was made for this container. An empty one is the engine's default: of control groups that is
 * the engine's own, unless it says otherwise (`name=cgroupns`). A network may have any name. Of the others only these words are known:
 * Podman can take one by its path or that of a pod, and what a later engine means is not guessed.
 */
function isOwnByDefault(type: NamespaceType, mode: string, { engine }: Scene): boolean {
  switch (type) {
    case 'net': return !/^(?:ns:|pod\b)/.test(mode)
    case 'ipc': return /^(?:|private|shareable|none|container:.*)$/.test(mode)
    case 'cgroup': return mode === 'private' || (mode === '' && engine.securityOptions.includes('name=cgroupns'))
    default: return /^(?:|private|container:.*)$/.test(mode)
  }
}

const isJoinable = (type: NamespaceType): type is JoinableType => type === 'pid' || type === 'net' || type === 'ipc'

function joinedContainers(type: JoinableType, { container, containerNames }: Scene, { declared }: Reported): Namespace['sharedWith'] | null {
  return declared && joinedWith(container.id, declared[type])
    .map(id => ({ id, name: containerNames.get(id) ?? id.slice(0, 12) })).sort((a, b) => a.name.localeCompare(b.name))
}
