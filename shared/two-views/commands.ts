import type { NamespaceType } from '../model/namespace-type'
import type { ViewCommandId } from '../model/two-views'

export interface ViewCommand {
  readonly id: ViewCommandId
  /** As a person calls it. */
  readonly label: string
  /** What is run first, then what says the same where the image has no such program. */
  readonly argvs: readonly [readonly string[], ...(readonly string[])[]]
  /** What a line stands for, for the counts; null: lines are not counted. */
  readonly counts: readonly [one: string, many: string] | null
  /** Through which namespaces the answer comes; none: they all ask the one kernel. */
  readonly namespaces: readonly NamespaceType[]
}

/** Every command that is run outside, and no other: the argument vectors are these, and nobody adds to them. */
export const VIEW_COMMANDS: readonly ViewCommand[] = [
  { id: 'ps', label: 'ps aux', argvs: [['ps', 'aux']], counts: ['process', 'processes'], namespaces: ['pid'] },
  { id: 'ls', label: 'ls /', argvs: [['ls', '/']], counts: ['name', 'names'], namespaces: ['mnt'] },
  { id: 'pwd', label: 'pwd', argvs: [['pwd']], counts: null, namespaces: ['mnt'] },
  { id: 'id', label: 'id', argvs: [['id']], counts: null, namespaces: ['user'] },
  { id: 'hostname', label: 'hostname', argvs: [['hostname'], ['cat', '/proc/sys/kernel/hostname']], counts: null, namespaces: ['uts'] },
  { id: 'ip', label: 'ip addr', argvs: [['ip', 'addr'], ['cat', '/proc/net/dev']], counts: ['interface', 'interfaces'], namespaces: ['net'] },
  { id: 'mount', label: 'mount', argvs: [['mount'], ['cat', '/proc/mounts']], counts: ['mount', 'mounts'], namespaces: ['mnt'] },
  { id: 'os-release', label: 'cat /etc/os-release', argvs: [['cat', '/etc/os-release']], counts: null, namespaces: ['mnt'] },
  { id: 'free', label: 'free', argvs: [['free'], ['cat', '/proc/meminfo']], counts: null, namespaces: [] },
  { id: 'nproc', label: 'nproc', argvs: [['nproc']], counts: null, namespaces: [] },
  // Ended by NUL, so that a value of many lines is still one value, and is masked whole.
  { id: 'env', label: 'env', argvs: [['env', '-0'], ['cat', '/proc/self/environ']], counts: ['variable', 'variables'], namespaces: [] },
]

const BY_ID = new Map(VIEW_COMMANDS.map(command => [command.id, command]))

/** The command of that name. */
export function viewCommand(id: ViewCommandId): ViewCommand {
  const command = BY_ID.get(id)
  if (!command)
    throw new Error(`no command ${id}`)
  return command
}
