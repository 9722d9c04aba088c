import type { NamespaceVerdict } from '../../../shared/model/namespace'
import type { ToolboxOffer } from '../../../shared/model/toolbox'

/** Who is in the toolbox, and what it may do: never more than the container, but where it says why. */
export function rightWords({ plan: { user, capabilitiesAdded, capabilitiesDropped }, tracesBecause }: ToolboxOffer): string {
  if (tracesBecause !== null)
    return `Root, with CAP_SYS_PTRACE to see the files: ${tracesBecause}`
  if (!/^0\b/.test(user))
    return `User and group ${user}, as the container’s first process; no capability`
  return capabilitiesAdded.length + capabilitiesDropped.length === 0 ? 'Root, with the engine’s usual capabilities, as the container' : 'Root, with the container’s own capabilities'
}

/** What the toolbox sees of the container, a line for each kind: through a door, behind a wall, or not known. */
export function joinWords({ joins, root }: ToolboxOffer): { what: string, verdict: NamespaceVerdict, words: string }[] {
  const line = (what: string, of: ToolboxOffer['joins'][number]['namespace'], words: string): { what: string, verdict: NamespaceVerdict, words: string } => {
    const because = joins.find(({ namespace }) => namespace === of)?.because ?? null
    return because === null ? { what, verdict: 'shared', words } : { what, verdict: 'private', words: `Not joined: ${because}.` }
  }
  return [
    line('Processes', 'pid', 'The container’s own: it sees them, and may signal them.'),
    line('Network', 'network', 'The container’s own: the same interfaces, addresses and ports.'),
    line('IPC', 'ipc', 'The container’s own: the same shared memory.'),
    root === null
      ? { what: 'Files', verdict: 'unknown', words: 'At /proc/<pid>/root of its first process; which one that is there cannot be read from here.' }
      : { what: 'Files', verdict: 'shared', words: `The container’s, at ${root}, where the terminal begins; the tools are the image’s.` },
  ]
}
