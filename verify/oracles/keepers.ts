import type { Machine } from '../machine'
import { linesOf, wordsOf } from './run'

/** `containerd-shim-runc-v2 … -id <id>` keeps a container of Docker's; `conmon … -c <id>` one of Podman's, and each exec into it. */
const KEEPER = /^(?:\S*\/)?(?:containerd-shim\S*\s(?:.*\s)?-id|conmon\s(?:.*\s)?-c)\s([0-9a-f]{64})(?:\s|$)/

/**
 * Id of each container with the host PIDs of what descends from the programs that keep it, as ps(1) prints the tree: where no control group
 * names a container `docker top` fails too (a rootless engine on version 1), and Podman's has the PIDs inside.
 */
export async function membersByKeeper(machine: Machine): Promise<Map<string, Set<number>>> {
  const processes = (await linesOf(machine, 'ps', '-ww', '-e', '-o', 'pid=,ppid=,args=')).map((line) => {
    const [pid, ppid, args = ''] = wordsOf(line, 3)
    return { pid: Number(pid), ppid: Number(ppid), keeps: KEEPER.exec(args)?.[1] ?? null }
  })
  const byPid = new Map(processes.map(process => [process.pid, process]))
  const members = new Map<string, Set<number>>()
  for (const { pid, ppid, keeps } of processes) {
    if (keeps !== null)
      continue
    let ancestor = byPid.get(ppid)
    while (ancestor && ancestor.keeps === null)
      ancestor = byPid.get(ancestor.ppid)
    if (ancestor?.keeps != null)
      members.set(ancestor.keeps, (members.get(ancestor.keeps) ?? new Set()).add(pid))
  }
  return members
}
