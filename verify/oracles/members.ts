import type { Machine } from '../machine'
import type { PsLine } from './host-processes'
import { membersByKeeper } from './keepers'

/** A running container with the host's PIDs of its processes, as docker tells them. */
export interface Members {
  readonly id: string
  readonly name: string
  readonly pids: ReadonlySet<number>
  /** Isoscope's own, by its label: no container of a person's. */
  readonly isHelper: boolean
}

export type AskMembers = (machine: Machine, processes: ReadonlyMap<number, PsLine>) => Promise<Members[]>

/** All containers that run now, by `docker ps` and `docker top`; one that went away between the two is left out. */
export async function runningMembers(machine: Machine): Promise<Members[]> {
  const members = await Promise.all((await runningContainers(machine)).map(async (container) => {
    const listed = await machine.docker('top', container.id, '-eo', 'pid').catch(() => null)
    return listed === null ? [] : [{ ...container, pids: new Set(listed.split('\n').slice(1).map(Number)) }]
  }))
  return members.flat()
}

/**
 * The same by the control groups that ps(1) prints, as `docker top` takes seconds for fifty containers; those whose control group does not
 * name them (a rootless engine's on version 1) by the programs that keep them.
 */
export async function membersByCgroup(machine: Machine, processes: ReadonlyMap<number, PsLine>): Promise<Members[]> {
  const kept = await membersByKeeper(machine)
  return (await runningContainers(machine)).flatMap((container) => {
    const found = [...processes.values()].filter(({ cgroup }) => cgroup.includes(container.id)).map(({ pid }) => pid)
    const pids = found.length > 0 ? new Set(found) : kept.get(container.id)
    return pids === undefined ? [] : [{ ...container, pids }]
  })
}

async function runningContainers(machine: Machine): Promise<Omit<Members, 'pids'>[]> {
  const lines = (await machine.docker('ps', '--no-trunc', '--filter', 'status=running', '--filter', 'status=paused', '--format', '{{.ID}} {{.Names}} {{.Label "io.isoscope.helper"}}')).split('\n')
  return lines.filter(line => line !== '').map((line) => {
    const [id = '', name = '', label = ''] = line.split(' ')
    return { id, name, isHelper: label !== '' }
  })
}
