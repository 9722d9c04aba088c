import { containerIdsIn } from '../parse/proc-cgroup'
import { type ProcSource, Unreadable } from '../sources/proc-source'

/** One process that is to be ended, by both of its numbers. */
export interface SessionMember {
  readonly pid: number
  /** In the innermost PID namespace that it is in (`NSpid`, proc_pid_status(5)). */
  readonly pidInside: number
}

/** `firstPid`: the container's first process; 0: it has none. */
export interface ExecPlace {
  readonly containerId: string
  readonly firstPid: number
  readonly leader: number
}

/**
 * What still runs of an exec: the runtime makes its first process the leader of a session (setsid(2)), and what it starts stays in it
 * unless it wants to leave. Only what is in that container counts, since a number may be given anew once a session is over: by its control group or, where the engine
 * may make none, by the mount namespace, which each container has for itself and each exec joins.
 */
export async function membersOfExec(proc: ProcSource, { containerId, firstPid, leader }: ExecPlace): Promise<SessionMember[]> {
  const members: SessionMember[] = []
  const mounts = await mountsOf(proc, firstPid)
  for (const pid of await proc.listPids()) {
    if (sessionIn(await textOf(proc, `${pid}/stat`)) !== leader)
      continue
    const isInside = containerIdsIn(await textOf(proc, `${pid}/cgroup`)).includes(containerId) || (mounts !== null && await mountsOf(proc, pid) === mounts)
    if (!isInside)
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

const textOf = async (proc: ProcSource, path: string): Promise<string> => await unlessUnreadable(proc.readText(path)) ?? ''

const mountsOf = (proc: ProcSource, pid: number): Promise<string | null> => unlessUnreadable(proc.readLink(`${pid}/ns/mnt`))

async function unlessUnreadable(read: Promise<string | null>): Promise<string | null> {
  try {
    return await read
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
