import type { ContainerDetail, ContainerRef } from '../../shared/model/container'
import type { ContainerState } from '../../shared/model/container-state'
import type { Engine } from '../../shared/model/engine'
import { ProblemError } from '../../shared/model/problem'
import { parseContainerDetail } from '../parse/docker-detail'
import type { RawInspect } from '../parse/docker-inspect'
import { parseListedContainer } from '../parse/docker-list'
import { describeEngine, type RawInfo } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'

/** What an engine knows of one of its containers, before anything else is looked at. */
export interface Asked {
  readonly docker: DockerEngine
  readonly engine: Engine
  readonly info: RawInfo
  readonly container: ContainerDetail
  /** The same answer of `inspect`, for what the public model leaves out. */
  readonly raw: RawInspect
  /** Id → name of every container that the engine knows. */
  readonly containerNames: ReadonlyMap<string, string>
  /** Those that have processes now, the container itself among them. */
  readonly runningContainers: readonly ContainerRef[]
}

/** The states in which a container has processes. */
const RUNNING: ReadonlySet<ContainerState> = new Set(['running', 'paused', 'restarting', 'removing', 'unknown'])

/** Throws ProblemError when the engine or the container is not there. */
export async function askEngine(docker: DockerEngine, containerId: string, signal: AbortSignal): Promise<Asked> {
  const [version, info, listed, raw] = await Promise.all([docker.version(signal), docker.info(signal), docker.list(signal), docker.inspect(containerId, signal)])
  const containers = listed.map(parseListedContainer)
  const own = containers.find(({ id }) => id === containerId)
  if (!own)
    throw new ProblemError({ code: 'CONTAINER_GONE', what: 'The container was removed while it was being looked at.', fix: 'Choose another container; `docker ps -a` lists them.' })
  return {
    docker,
    engine: describeEngine(docker.endpoint, version, info),
    info,
    container: parseContainerDetail(raw, own),
    raw,
    containerNames: new Map(containers.map(({ id, name }) => [id, name])),
    runningContainers: containers.filter(({ state }) => RUNNING.has(state)),
  }
}
