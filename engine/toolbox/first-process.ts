import { ProblemError } from '../../shared/model/problem'
import type { KernelSources } from '../collect/choose-kernel'
import { findRoot } from '../collect/find-root'
import { parseProcCredentials } from '../parse/proc-credentials'
import { idInside, parseIdMap } from '../parse/proc-id-map'
import type { DockerEngine } from '../sources/docker'
import { Unreadable } from '../sources/proc-source'

/** A container's first process, as the container knows it. */
export interface FirstProcess {
  /** In its own PID namespace. */
  readonly pid: number
  /** All of its ids, each once (credentials(7)): one, unless it may be somebody else. Null: one has no name in its user namespace. */
  readonly uids: readonly (number | null)[]
  readonly gids: readonly (number | null)[]
  readonly hasCapabilities: boolean
}

interface Asked {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  readonly containerId: string
  readonly signal: AbortSignal
}

/** Null where its files cannot be read from here. Throws ProblemError, where a container that has processes of its own kind is a sandbox's too. */
export async function readFirstProcess(asked: Asked): Promise<FirstProcess | null> {
  try {
    const { proc, hostPid } = await findRoot(asked)
    const [status, uidMap, gidMap] = await Promise.all(['status', 'uid_map', 'gid_map'].map(file => proc.readText(`${hostPid}/${file}`)))
    if (status == null || uidMap == null || gidMap == null)
      return null
    const { uids, gids, permitted, nsPids } = parseProcCredentials(status)
    const pid = nsPids.at(-1)
    if (uids === null || gids === null || permitted === null || pid === undefined)
      return null
    return { pid, uids: inside(uids, uidMap), gids: inside(gids, gidMap), hasCapabilities: permitted !== 0n }
  }
  catch (error) {
    if (error instanceof Unreadable || (error instanceof ProblemError && error.problem.code === 'KERNEL_NOT_LOCAL'))
      return null
    throw error
  }
}

function inside(ids: readonly number[], map: string): (number | null)[] {
  const mappings = parseIdMap(map)
  return [...new Set(ids)].map(id => idInside(mappings, id))
}
