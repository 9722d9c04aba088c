import type { ContainerRef } from '../../shared/model/container'
import type { RawInspect } from '../parse/docker-inspect'
import type { DockerEngine } from '../sources/docker'
import { askInLines } from '../sources/in-lines'

/** What the engine says of each; null where one could not be asked. */
export const inspectAll = (docker: DockerEngine, containers: readonly ContainerRef[], signal: AbortSignal): Promise<(RawInspect | null)[]> =>
  askInLines(containers, ({ id }) => docker.inspect(id, signal), signal)
