import { sandboxOf } from '../analysis/sandbox'
import type { NamespaceVerdict } from '../model/namespace'
import type { NamespaceType } from '../model/namespace-type'
import type { Snapshot } from '../model/snapshot'
import type { ViewCommandId } from '../model/two-views'
import { formatBytes } from '../text/format-bytes'
import { processorsText } from '../text/format-processors'
import { nameList } from '../text/name-list'
import { visibleText } from '../text/visible-text'

/** Why a command says something else inside, and where its evidence stands. */
export interface Why {
  readonly text: string
  /** The page of the container, and its part; null: no page shows it. */
  readonly page: 'processes' | 'files' | 'network' | 'resources' | null
  readonly part: 'mounts' | 'users' | null
}

type Facts = Pick<Snapshot, 'namespaces' | 'container' | 'engine' | 'cgroup' | 'files'>

/** In one or two sentences, from what the snapshot says of the wall that the command looks through (namespaces(7)). */
export function whyDifferent(id: ViewCommandId, facts: Facts): Why {
  const { page, part, wall, say } = WORDS[id]
  const sandbox = sandboxOf(facts.container, facts.engine)
  const text = sandbox !== null
    ? `${sandbox.name} makes the difference: ${sandbox.because}.`
    : wall === null ? say('host', facts) : ofWall(wall, say, facts)
  return { text, page, part }
}

function ofWall(wall: NamespaceType, say: Say, facts: Facts): string {
  const { verdict = 'unknown', sharedWith = [], source } = facts.namespaces.find(({ type }) => type === wall) ?? {}
  if (verdict === 'unknown')
    return `Whether a wall makes the difference is not known: ${visibleText(source?.unknownBecause ?? `the ${NAMES[wall]} namespace was not read`).replace(/\.$/, '')}.`
  const others = nameList(sharedWith.map(({ name }) => visibleText(name)))
  return verdict === 'shared' && others !== ''
    ? `The ${NAMES[wall]} namespace makes the difference, and ${others} has the same one. ${say('shared', facts)}`
    : verdict === 'host' ? `No wall stands here: the container has the host’s own ${NAMES[wall]} namespace. ${say('host', facts)}` : `The ${NAMES[wall]} namespace makes the difference. ${say('private', facts)}`
}

const NAMES: Readonly<Record<NamespaceType, string>> = { mnt: 'mount', pid: 'PID', net: 'network', ipc: 'IPC', uts: 'UTS', user: 'user', cgroup: 'control group', time: 'time' }

type Say = (verdict: Exclude<NamespaceVerdict, 'unknown'>, facts: Facts) => string

const byVerdict = (apart: string, host: string): Say => verdict => verdict === 'host' ? host : apart

const WORDS: Readonly<Record<ViewCommandId, Omit<Why, 'text'> & { wall: NamespaceType | null, say: Say }>> = {
  'ps': {
    page: 'processes',
    part: null,
    wall: 'pid',
    say: byVerdict('Inside, /proc has the processes of that namespace alone; the host’s has them too, with other numbers.', 'So ps inside lists the host’s processes, with the host’s numbers.'),
  },
  'ls': { page: 'files', part: null, wall: 'mnt', say: byVerdict('Inside, / is a tree of its own, made of the image; the same name on both sides is not the same file.', 'So both list the same folder.') },
  'pwd': { page: 'files', part: null, wall: 'mnt', say: byVerdict('Each path is one of its own tree, and the same path on both sides is not the same folder.', 'So a path means the same on both sides.') },
  'id': { page: 'network', part: 'users', wall: 'user', say: byVerdict('A number inside is another number outside; the names are from each side’s own /etc/passwd.', 'So a number means the same user to the kernel on both sides: 0 inside is the host’s root, with fewer capabilities. The names are from each side’s own /etc/passwd.') },
  'hostname': { page: 'network', part: null, wall: 'uts', say: byVerdict('It holds a name of its own.', 'So both have one name, and who may change it inside changes the host’s.') },
  'ip': { page: 'network', part: null, wall: 'net', say: byVerdict('It holds interfaces and addresses of its own; the same name on both sides is not the same interface.', 'So both list the same interfaces.') },
  'mount': { page: 'files', part: 'mounts', wall: 'mnt', say: byVerdict('It is itself the list of what is mounted where.', 'So both list the same mounts.') },
  'os-release': { page: 'files', part: null, wall: 'mnt', say: byVerdict('The file is the image’s own. The kernel below both is one, whatever it says.', 'So both read the same file.') },
  'free': { page: 'resources', part: null, wall: null, say: (_, facts) => memoryWords(facts) },
  'nproc': { page: 'resources', part: null, wall: null, say: (_, facts) => processorWords(facts) },
  'env': { page: null, part: null, wall: null, say: () => 'No wall of the kernel makes the difference: whoever starts a process gives it its variables. The engine gives the image’s and those of docker run; nothing of the host’s comes along by itself.' },
}

function memoryWords({ cgroup, files }: Facts): string {
  if (files.mounts.some(({ destination }) => destination === '/proc/meminfo'))
    return 'A file is mounted over /proc/meminfo inside, so free says there what that file says; no namespace makes a difference.'
  const { limitBytes } = cgroup.memory
  const limit = limitBytes === null ? 'its limit could not be read' : limitBytes === 'unlimited' ? 'it has no limit' : `it may have ${formatBytes(limitBytes)}`
  return `The same machine’s memory on both sides, because no namespace covers it: free reads /proc/meminfo, at two moments. What the container may use is a matter of its control group: ${limit}.`
}

function processorWords({ cgroup }: Facts): string {
  const { limitCpus } = cgroup.cpu
  const limit = limitCpus === null ? 'its limit could not be read' : limitCpus === 'unlimited' ? 'it has no limit' : `it may use ${processorsText(limitCpus)}`
  return `No namespace covers processors: nproc counts those that its process may run on. A set of them (--cpuset-cpus) changes that number, a limit of time (--cpus) does not; for time, the control group counts: ${limit}.`
}
