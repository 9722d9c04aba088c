import { latestOnly } from '../latest-only'
import { parseStats } from '../parse/docker-stats'
import type { DockerEngine } from '../sources/docker'
import type { LiveValues } from './from-kernel'

/**
 * Usage as the engine itself tells it, about once a second, for a kernel that cannot be read. Drained whatever the reader does. Ends
 * when the container does. Throws ProblemError.
 */
export const sampleStats = (docker: DockerEngine, containerId: string, signal: AbortSignal): AsyncIterable<LiveValues> =>
  latestOnly<LiveValues>(signal, async (show, stopped) => {
    for await (const frame of await docker.stats(containerId, stopped)) {
      const usage = parseStats(frame)
      if (usage === null)
        return
      show({ inside: null, host: null, ...usage })
    }
  })
