import type { ProcessRow } from '../../shared/model/process'
import { ProcessState } from '../../shared/model/process-state'
import { ProblemError } from '../../shared/model/problem'
import type { ContainerDetail } from '../../shared/model/container'
import { textFromBytes } from '../parse/raw-name'
import type { DockerEngine } from '../sources/docker'
import type { Reported } from './scene'

/**
 * podman-top(1): for these columns Podman reads the container's own /proc; for the options of ps(1), which a Docker engine is asked with, it
 * would start the `ps` of the image in the container. No name is among them, so that a line is a process.
 */
const NUMBERS = ['pid', 'ppid', 'hpid', 'state', 'rss'] as const

/**
 * Everything that the container sees, by its own PIDs, with those of the engine's machine where Podman may find them. Whose each process is
 * it does not tell.
 */
export async function collectReportedByPodman(docker: DockerEngine, container: ContainerDetail, signal: AbortSignal): Promise<Reported | { because: string }> {
  // It looks from inside, by a process that is frozen with the others: an answer without a word (4.3).
  if (container.state === 'paused')
    return { because: 'Podman does not tell what is in a paused container' }
  const ask = async (...columns: string[]): Promise<string[][]> => (await docker.top(container.id, columns.join(','), signal)).Processes ?? []
  try {
    const told = await ask(...NUMBERS)
    const rows = told.filter(row => row.length === NUMBERS.length && row.slice(0, 2).every(cell => /^\d+$/.test(cell)))
    const [users, hostUsers, commands, lines] = await Promise.all(['user', 'huser', 'comm', 'args'].map(async column => textsByPid(await ask(column, 'pid'), rows.length)))
    return {
      isWhole: true,
      incompleteBecause: told.length === rows.length ? null : `Podman told ${told.length - rows.length} of ${told.length} processes in a way that cannot be read`,
      namespacesByPid: new Map(),
      declared: null,
      processes: rows.map(([pid = '', ppid = '', hostPid = '', state = '', rssKibibytes = '']): ProcessRow => {
        const parsed = ProcessState.safeParse(state)
        const args = lines?.get(pid)
        const [inside, onHost] = [accountOf(users?.get(pid)), accountOf(hostUsers?.get(pid))]
        return {
          pid: Number(pid),
          // In the machine's own PID namespace, where both are one, it finds none, or that of another container's process with this PID inside.
          hostPid: container.modes.pid === 'host' ? Number(pid) : /^\d+$/.test(hostPid) ? Number(hostPid) : null,
          ppid: Number(ppid),
          hostPpid: null,
          uid: inside.uid,
          hostUid: onHost.uid,
          user: inside.name,
          hostUser: onHost.name,
          owner: 'unknown',
          ownerName: null,
          state: parsed.success ? parsed.data : '?',
          command: commands?.get(pid) ?? '?',
          args: args === undefined ? [] : [args],
          startedAt: null,
          startedAtTicks: null,
          rssBytes: /^\d+$/.test(rssKibibytes) ? Number(rssKibibytes) * 1024 : null,
          cpuSeconds: null,
          threadCount: null,
        }
      }),
    }
  }
  catch (error) {
    if (error instanceof ProblemError)
      return { because: `Podman's top could not tell it: ${error.problem.what}` }
    throw error
  }
}

/** Of a user without a name Podman has the number. */
const accountOf = (text = ''): { uid: number | null, name: string | null } =>
  /^\d+$/.test(text) ? { uid: Number(text), name: null } : { uid: null, name: text || null }

/** The PID is the last cell: a name may hold what divides them. One with a new line adds lines, and then none of them is believed. */
function textsByPid(rows: readonly string[][], count: number): Map<string, string> | null {
  const texts = new Map(rows.map(row => [row.at(-1) ?? '', textFromBytes(Buffer.from(row.slice(0, -1).join('\t')))]))
  return rows.length === count && texts.size === count ? texts : null
}
