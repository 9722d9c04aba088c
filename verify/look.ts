import type { Snapshot } from '../shared/model/snapshot'
import type { Machine } from './machine'
import { cgroupOf, type FoundCgroup } from './oracles/cgroup'
import { hostProcesses, type PsLine } from './oracles/host-processes'
import { type AskMembers, type Members, runningMembers } from './oracles/members'

/** What ps, docker and the container's control group say at one moment. */
export interface Surroundings {
  readonly at: Date
  readonly processes: ReadonlyMap<number, PsLine>
  readonly members: readonly Members[]
  /** Null: the container does not run, or its control group may not be read. */
  readonly cgroup: FoundCgroup | null
}

/** A snapshot between two looks at a machine that does not stand still: what is the same in both must be in the snapshot. */
export interface Look {
  readonly machine: Machine
  readonly snapshot: Snapshot
  readonly before: Surroundings
  readonly after: Surroundings
}

export async function lookAt(machine: Machine, containerId: string, take: (containerId: string) => Promise<Snapshot>, membersOf: AskMembers = runningMembers): Promise<Look> {
  const hostPid = Number(await machine.docker('inspect', '--format', '{{.State.Pid}}', containerId))
  const before = await surroundings(machine, hostPid, membersOf)
  const snapshot = await take(containerId)
  return { machine, snapshot, before, after: await surroundings(machine, hostPid, membersOf) }
}

async function surroundings(machine: Machine, hostPid: number, membersOf: AskMembers): Promise<Surroundings> {
  const at = new Date()
  const processes = await hostProcesses(machine)
  const [members, cgroup] = await Promise.all([membersOf(machine, processes), hostPid === 0 ? null : cgroupOf(machine, hostPid).catch(() => null)])
  return { at, processes, members, cgroup }
}

/** The host's PID of the first process; who asks for it has a container that runs. */
export function firstPid({ container }: Snapshot): number {
  if (container.hostPid === null)
    throw new Error(`${container.name} does not run`)
  return container.hostPid
}

/** The containers that ran at both moments under one name. */
export const stableMembers = ({ before, after }: Look): Members[] =>
  after.members.filter(({ id, name }) => before.members.some(earlier => earlier.id === id && earlier.name === name))

/** The processes that were there at both moments, and were the same program with the same parent and user. */
export const stableProcesses = ({ before, after }: Look): PsLine[] =>
  [...after.processes.values()].filter((line) => {
    const earlier = before.processes.get(line.pid)
    return earlier !== undefined && earlier.command === line.command && earlier.ppid === line.ppid && earlier.euid === line.euid
      && Math.abs(earlier.startedAt.getTime() - line.startedAt.getTime()) <= 1000
  })
