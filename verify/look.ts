import type { Snapshot } from '../shared/model/snapshot'
import type { Machine } from './machine'
import { cgroupOf, type FoundCgroup } from './oracles/cgroup'
import { hostProcesses, type PsLine } from './oracles/host-processes'
import { type AskMembers, type Members, runningMembers } from './oracles/members'
import { type FoundMount, mountsOf } from './oracles/mounts'
import { type FoundSocket, listeningOf } from './oracles/network'
import { linesOf } from './oracles/run'

/** What ps, docker, ss, getent and the container's control group say at one moment. */
export interface Surroundings {
  readonly at: Date
  /** Without those of helper containers, which are there only while Isoscope looks. */
  readonly processes: ReadonlyMap<number, PsLine>
  readonly helperPids: ReadonlySet<number>
  readonly members: readonly Members[]
  /** Who waits for others in the host's own network namespace. */
  readonly listening: readonly FoundSocket[]
  /** Lines of the host's passwd(5). */
  readonly accounts: readonly string[]
  /** Null: the container does not run, or its control group may not be read. */
  readonly cgroup: FoundCgroup | null
  /** Of the container's mount namespace; null: it does not run, or they may not be read. */
  readonly mounts: readonly FoundMount[] | null
}

/** A snapshot between two looks at a machine that does not stand still: what is the same in both must be in the snapshot. */
export interface Look {
  readonly machine: Machine
  readonly snapshot: Snapshot
  readonly before: Surroundings
  readonly after: Surroundings
}

export async function lookAt(machine: Machine, containerId: string, take: (containerId: string) => Promise<Snapshot>, membersOf: AskMembers = runningMembers): Promise<Look> {
  const { taken, before, after } = await lookAround(machine, containerId, () => take(containerId), membersOf)
  return { machine, snapshot: taken, before, after }
}

/** The surroundings of a container before and after something is taken: one snapshot, or several of different viewers. */
export async function lookAround<T>(machine: Machine, containerId: string, take: () => Promise<T>, membersOf: AskMembers): Promise<Pick<Look, 'before' | 'after'> & { taken: T }> {
  const hostPid = Number(await machine.docker('inspect', '--format', '{{.State.Pid}}', containerId))
  const before = await surroundings(machine, hostPid, membersOf)
  const taken = await take()
  return { taken, before, after: await surroundings(machine, hostPid, membersOf) }
}

async function surroundings(machine: Machine, hostPid: number, membersOf: AskMembers): Promise<Surroundings> {
  const at = new Date()
  const all = await hostProcesses(machine)
  const [told, cgroup, mounts, listening, accounts] = await Promise.all([
    membersOf(machine, all),
    hostPid === 0 ? null : cgroupOf(machine, hostPid).catch(() => null),
    hostPid === 0 ? null : mountsOf(machine, hostPid).catch(() => null),
    listeningOf(machine, null),
    linesOf(machine, 'getent', '--service', 'files', 'passwd'),
  ])
  const helperPids = new Set(told.filter(({ isHelper }) => isHelper).flatMap(({ pids }) => [...pids].flatMap(pid => withShim(pid, all))))
  return {
    at,
    processes: new Map([...all].filter(([pid]) => !helperPids.has(pid))),
    helperPids,
    members: told.filter(({ isHelper }) => !isHelper),
    listening,
    accounts,
    cgroup,
    mounts,
  }
}

/** With the runtime's process that holds its container, which is there for it alone. */
function withShim(pid: number, processes: ReadonlyMap<number, PsLine>): number[] {
  const parent = processes.get(processes.get(pid)?.ppid ?? 0)
  return parent !== undefined && /^(?:containerd-shim|conmon)/.test(parent.command) ? [pid, parent.pid] : [pid]
}

/** The host's PID of the first process; who asks for it has a container that runs. */
export function firstPid({ container }: Snapshot): number {
  if (container.hostPid === null)
    throw new Error(`${container.name} does not run`)
  return container.hostPid
}

/** The containers that ran at both moments under one name, and not one after the other with other processes. */
export const stableMembers = ({ before, after }: Look): Members[] =>
  after.members.filter(({ id, name, pids }) =>
    before.members.some(earlier => earlier.id === id && earlier.name === name && [...earlier.pids].some(pid => pids.has(pid))))

/** The processes that were there at both moments, and were the same program with the same parent and user. */
export const stableProcesses = ({ before, after }: Look): PsLine[] =>
  [...after.processes.values()].filter((line) => {
    const earlier = before.processes.get(line.pid)
    return earlier !== undefined && earlier.command === line.command && earlier.ppid === line.ppid && earlier.euid === line.euid
      && Math.abs(earlier.startedAt.getTime() - line.startedAt.getTime()) <= 1000
  })
