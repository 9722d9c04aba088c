import type { Step } from '../shared/model/evidence'

const EVERYONE: readonly Step[] = ['root', 'user', 'helper', 'engine-api']
const KERNEL: readonly Step[] = ['root', 'user', 'helper']
const TRACING: readonly Step[] = ['root', 'helper']

/**
 * By which steps of the ladder each fact of a running container has to be known; the longest beginning of a fact's name counts. A fact that
 * a step need not know may be unknown to it, with a reason; what it says of it has to be right all the same.
 */
const KNOWN_BY: ReadonlyMap<string, readonly Step[]> = new Map([
  ['', TRACING],
  ['engine', EVERYONE],
  ['container', EVERYONE],
  ['hostProcesses.list', KERNEL],
  ['processCounts.host', KERNEL],
  ['files.rootInside', EVERYONE],
  ['files.entryCount', EVERYONE],
  ['files.sizeBytes', EVERYONE],
  ['files.changes', EVERYONE],
  ['files.mounts', KERNEL],
  // A tmpfs of the container's own, or a deleted directory, has no place on the host.
  ['workingDirectory.onHost', []],
  ['network.inside.interfaces', KERNEL],
  ['network.inside.defaultGateway', KERNEL],
  ['network.published', EVERYONE],
  ['hostname', EVERYONE],
  ['users.uidMap', KERNEL],
  ['users.gidMap', KERNEL],
  ['cgroup', KERNEL],
  ['security', KERNEL],
])

export function mustKnow(step: Step, fact: string): boolean {
  const [, steps = TRACING] = [...KNOWN_BY].filter(([name]) => name === '' || fact === name || fact.startsWith(`${name}.`)).sort(([a], [b]) => b.length - a.length)[0] ?? []
  return steps.includes(step)
}
