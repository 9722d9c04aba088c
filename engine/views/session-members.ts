import { containerIdsIn } from '../parse/proc-cgroup'
import { type ProcSource, Unreadable } from '../sources/proc-source'

/** One process that is to be ended, by both of its numbers. */
export interface SessionMember {
  readonly pid: number
  /** In the innermost PID namespace that it is in (`NSpid`, proc_pid_status(5)). */
  readonly pidInside: number
}

/**
 * What still runs of an exec: the runtime makes its first process the leader of a session (setsid(2)), and what it starts stays in it
 * unless it wants to leave. Only what is in that container counts, since a number may be given anew once a session is over.
 */
export async function membersOfExec(proc: ProcSource, containerId: string, leader: number): Promise<SessionMember[]> {
  const members: SessionMember[] = []
  for (const pid of await proc.listPids()) {
    const session = sessionIn(await textOf(proc, `${pid}/stat`))
    if (session !== leader || !containerIdsIn(await textOf(proc, `${pid}/cgroup`)).includes(containerId))
      continue
    const numbers = /^NSpid:\s*([\d\t ]+)$/m.exec(await textOf(proc, `${pid}/status`))?.[1]?.trim().split(/\s+/).map(Number)
    members.push({ pid, pidInside: numbers?.at(-1) ?? pid })
  }
  return members
}

/** proc_pid_stat(5): after the name, which may hold anything, come state, parent, group and session. Null: a zombie, which has ended. */
function sessionIn(stat: string): number | null {
  const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return session === undefined || state === 'Z' ? null : Number(session)
}

async function textOf(proc: ProcSource, path: string): Promise<string> {
  try {
    return await proc.readText(path) ?? ''
  }
  catch (error) {
    if (error instanceof Unreadable)
      return ''
    throw error
  }
}
