import { stat } from 'node:fs/promises'

/** uid and gid of `nobody` and `nogroup`. */
const NOBODY = 65534

/**
 * Lets this process be a user without rights, but for the group that may open the engine's socket, while `ask` runs: the effective
 * ids count for files and for tracing, and with them root's capabilities go. Needs root, and a process of one's own (vitest's forks).
 */
export async function asNobody<T>(ask: () => Promise<T>): Promise<T> {
  const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  const { gid } = await stat(socket)
  const { setgroups, getgroups, setegid, seteuid } = process
  if (!setgroups || !getgroups || !setegid || !seteuid)
    throw new Error('this system has no users as Linux has them')
  const groups = getgroups()
  setgroups([gid])
  setegid(NOBODY)
  seteuid(NOBODY)
  try {
    return await ask()
  }
  finally {
    seteuid(0)
    setegid(0)
    setgroups(groups)
  }
}
