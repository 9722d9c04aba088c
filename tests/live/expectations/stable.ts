import type { PsLine } from '../oracles/host-processes'
import type { Members } from '../oracles/members'
import type { Surroundings } from '../take'

/** The containers that ran at both moments under one name. */
export const stableMembers = (before: Surroundings, after: Surroundings): Members[] =>
  after.members.filter(({ id, name }) => before.members.some(earlier => earlier.id === id && earlier.name === name))

/** The processes that were there at both moments, and were the same program with the same parent and user. */
export const stableProcesses = (before: Surroundings, after: Surroundings): PsLine[] =>
  [...after.processes.values()].filter((line) => {
    const earlier = before.processes.get(line.pid)
    return earlier !== undefined && earlier.command === line.command && earlier.ppid === line.ppid && earlier.euid === line.euid
      && Math.abs(earlier.startedAt.getTime() - line.startedAt.getTime()) <= 1000
  })
