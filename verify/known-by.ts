import type { Step } from '../shared/model/evidence'
import type { Demand } from './ledger'

/** By step of the ladder: for which reasons a fact may be unknown there. A step that is not named has to know it. */
type MayBeUnknown = Readonly<Partial<Record<Step, RegExp>>>

/** proveKernel: there is no /proc in which the engine's PIDs mean anything, and no helper. */
const NOT_LOCAL = /does not show .* as PID \d+: the engine runs in a virtual machine or on another computer|no container runs, so it cannot be proved/
/** namespaces(7): PTRACE_MODE_READ_FSCREDS; what Docker's engine is asked for then, Podman does not tell, nor does runc(8) where there is no control group. */
const NOT_TRACED = /may be read only by root or by who may trace the process; and (?:Podman does not tell|.*unable to get all container pids)/
const NOT_PERMITTED = /no permission to read it/
const NOT_TOLD = /the engine does not tell the processes of its machine|does not show .* as PID \d+: the engine runs in a virtual machine or on another computer|no container runs, so it cannot be proved/
const NOT_PROVED = /^Not proved to be this computer: /
const NOT_REPORTED = /nothing tells whether it is the engine machine's own, or another container's too/
/** Podman's top has no such columns, and answers nothing for a paused container; and where a container has no control group (rootless, version 1), `docker top` fails: runc(8) looks there for its PIDs. */
const NOT_IN_TOP = /Podman does not tell (?:the namespaces of a process|what is in a paused container)|unable to get all container pids/
/** A rootless engine's bridges are in a network namespace that is neither the host's nor the container's, and counts its interfaces for itself. */
const OF_ENGINES_NETWORK = /the engine may have made the other end in a network namespace of its own$/
const NO_OWN_GROUP = /it has no control group of its own/
/** A tmpfs of the container's own, or a deleted directory, has no place on the host. Who may not look at it does not know that. */
const NO_PLACE = /it was deleted while it was in use|has that file system mounted nowhere/

const either = (...reasons: readonly RegExp[]): RegExp => new RegExp(reasons.map(({ source }) => source).join('|'))

/** What is not here has to be known by every step; the longest beginning of a fact's name counts. What is told has to be right all the same. */
const MAY_BE_UNKNOWN: ReadonlyMap<string, MayBeUnknown> = new Map<string, MayBeUnknown>([
  ...['mnt', 'pid', 'net', 'ipc', 'uts', 'user', 'cgroup', 'time'].flatMap((type): [string, MayBeUnknown][] => [
    [`namespaces.${type}.container`, { 'user': NOT_TRACED, 'engine-api': NOT_IN_TOP }],
    [`namespaces.${type}.verdict`, { 'user': either(NOT_REPORTED, NOT_TRACED), 'engine-api': either(NOT_REPORTED, NOT_IN_TOP) }],
    // What is in the host's, or may be, the engine does not tell of others.
    [`namespaces.${type}.sharedWith`, { 'user': either(/nothing tells whether|^as reported by the engine's ps/, NOT_TRACED), 'engine-api': either(/nothing tells whether|^as reported by the engine's ps/, NOT_IN_TOP) }],
  ]),
  // Of these two the kernel has no constant inode.
  ['namespaces.mnt.host', { 'engine-api': /is not in what the engine reports/ }],
  ['namespaces.net.host', { 'engine-api': /is not in what the engine reports/ }],
  ['processes', { 'user': /could not be told: .*may be read only by root or by who may trace the process/, 'engine-api': NOT_IN_TOP }],
  ['processCounts.inside', { 'user': /could not be told: .*may be read only by root or by who may trace the process/, 'engine-api': either(/it shares a PID namespace/, NOT_IN_TOP) }],
  // Two kernels of one version are told apart by who reads both.
  ['host', { 'helper': NOT_PROVED, 'engine-api': NOT_PROVED }],
  ['hostProcesses', { 'engine-api': NOT_TOLD }],
  ['processCounts.host', { 'engine-api': NOT_TOLD }],
  ['files.rootHost', { 'engine-api': NOT_LOCAL }],
  ['files.mounts', { 'engine-api': NOT_LOCAL }],
  ['workingDirectory.onHost', { 'root': NO_PLACE, 'user': either(NOT_PERMITTED, NO_PLACE), 'helper': NO_PLACE, 'engine-api': NOT_LOCAL }],
  ['network.inside', { 'engine-api': NOT_LOCAL }],
  ['network.inside.hostPeers', { 'root': OF_ENGINES_NETWORK, 'user': either(NOT_PERMITTED, OF_ENGINES_NETWORK), 'engine-api': NOT_LOCAL }],
  ['network.host', { 'engine-api': NOT_LOCAL }],
  ['users', { 'engine-api': NOT_LOCAL }],
  ['users.inside', { 'user': NOT_PERMITTED, 'engine-api': NOT_LOCAL }],
  ['cgroup.cpu.usageSeconds', { 'root': NO_OWN_GROUP, 'user': NO_OWN_GROUP, 'helper': NO_OWN_GROUP, 'engine-api': NOT_LOCAL }],
  ['cgroup.memory.usageBytes', { 'root': NO_OWN_GROUP, 'user': NO_OWN_GROUP, 'helper': NO_OWN_GROUP, 'engine-api': NOT_LOCAL }],
  ['cgroup.pids.current', { 'root': NO_OWN_GROUP, 'user': NO_OWN_GROUP, 'helper': NO_OWN_GROUP, 'engine-api': NOT_LOCAL }],
  ['cgroup.cpu.weight', { 'engine-api': NOT_LOCAL }],
  ['security', { 'engine-api': NOT_LOCAL }],
])

/** What is asked of a snapshot that stands on that step. */
export function demandOf(step: Step, fact: string): Demand {
  const [, byStep] = [...MAY_BE_UNKNOWN].filter(([name]) => fact === name || fact.startsWith(`${name}.`)).sort(([a], [b]) => b.length - a.length)[0] ?? []
  const reasons = byStep?.[step]
  return reasons === undefined ? 'known' : { orUnknownBecause: reasons }
}
