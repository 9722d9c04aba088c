import { setTimeout as wait } from 'node:timers/promises'
import { ProblemError } from '../../shared/model/problem'
import type { DockerEngine } from '../sources/docker'

/** The removal of what was made for a while: by this process, and by those before it. */
export interface TemporaryRemoval {
  /** From now on what others left is removed as well: once from each engine, when that is reached. */
  readonly permit: () => void
  /** This engine answers, for the first time or again. Returns at once. */
  readonly reached: (docker: DockerEngine) => void
  /** Removes a container of this process. Where its engine does not answer, it is removed when that is reached again. Never rejects. */
  readonly remove: (docker: DockerEngine, containerId: string) => Promise<void>
  /** Nothing is looked for any more. */
  readonly end: () => void
}

/** An engine that does not answer meanwhile is not waited for. */
const REMOVE_MS = 10_000
const SAYS_NO: ReadonlySet<string> = new Set(['CONTAINER_GONE', 'ENGINE_REFUSED'])
/** An engine works on the last request of a client that was killed; what came of that is found then. */
const LATE_MS = 5_000

/** `removeLeftovers` is what `permit` allows; it rejects where it cannot be told what there is. */
export function createTemporaryRemoval(removeLeftovers: (docker: DockerEngine, signal: AbortSignal) => Promise<void>): TemporaryRemoval {
  const ended = new AbortController()
  const { signal } = ended
  /** Addresses of engines. */
  const swept = new Set<string>()
  const unremoved = new Set<{ readonly address: string, readonly containerId: string }>()
  let isPermitted = false

  async function sweep(docker: DockerEngine): Promise<void> {
    const { address } = docker.endpoint
    if (!isPermitted || swept.has(address))
      return
    swept.add(address)
    try {
      await removeLeftovers(docker, signal)
      await wait(LATE_MS, undefined, { signal, ref: false })
      await removeLeftovers(docker, signal)
    }
    catch {
      // It went away meanwhile, or it lists nothing; when it is reached again it is asked again.
      swept.delete(address)
    }
  }

  async function remove(docker: DockerEngine, containerId: string): Promise<void> {
    try {
      await docker.remove(containerId, AbortSignal.timeout(REMOVE_MS))
    }
    catch (error) {
      // An engine that says no has removed it already (`--rm`), or does so now.
      if (!(error instanceof ProblemError && SAYS_NO.has(error.problem.code)))
        unremoved.add({ address: docker.endpoint.address, containerId })
    }
  }

  return {
    permit: () => { isPermitted = true },
    reached: (docker) => {
      for (const one of unremoved) {
        if (one.address !== docker.endpoint.address)
          continue
        unremoved.delete(one)
        void remove(docker, one.containerId)
      }
      void sweep(docker)
    },
    remove,
    end: () => ended.abort(),
  }
}
