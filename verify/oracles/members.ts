import type { Machine } from '../machine'
import type { PsLine } from './host-processes'

/** A running container with the host's PIDs of its processes, as docker tells them. */
export interface Members {
  readonly id: string
  readonly name: string
  readonly pids: ReadonlySet<number>
}

export type AskMembers = (machine: Machine, processes: ReadonlyMap<number, PsLine>) => Promise<Members[]>

/** All containers that run now, by `docker ps` and `docker top`; one that went away between the two is left out. */
export async function runningMembers(machine: Machine): Promise<Members[]> {
  const members = await Promise.all((await runningContainers(machine)).map(async ({ id, name }) => {
    const pids = await machine.hostPids(id).catch(() => null)
    return pids === null ? [] : [{ id, name, pids: new Set(pids) }]
  }))
  return members.flat()
}

/**
 * The same by the control groups that ps(1) prints, as `docker top` takes seconds for fifty containers; docker is asked for those whose
 * control group does not name them (a rootless engine's on version 1).
 */
export async function membersByCgroup(machine: Machine, processes: ReadonlyMap<number, PsLine>): Promise<Members[]> {
  const members = await Promise.all((await runningContainers(machine)).map(async ({ id, name }) => {
    const found = [...processes.values()].filter(({ cgroup }) => cgroup.includes(id)).map(({ pid }) => pid)
    const pids = found.length > 0 ? found : await machine.hostPids(id).catch(() => null)
    return pids === null ? [] : [{ id, name, pids: new Set(pids) }]
  }))
  return members.flat()
}

async function runningContainers(machine: Machine): Promise<{ id: string, name: string }[]> {
  const lines = (await machine.docker('ps', '--no-trunc', '--filter', 'status=running', '--filter', 'status=paused', '--format', '{{.ID}} {{.Names}}')).split('\n')
  return lines.filter(line => line !== '').map((line) => {
    const [id = '', name = ''] = line.split(' ')
    return { id, name }
  })
}
