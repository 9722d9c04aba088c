import type { Engine, EngineStatus, EndpointAttempt } from '../shared/model/engine'
import { ProblemError } from '../shared/model/problem'
import { describeEngine } from './parse/docker-version'
import type { ReachableEndpoint } from './sources/connect-options'
import { connectDocker, type DockerEngine, engineFailure } from './sources/docker'
import { endpointCandidates, type Surroundings } from './sources/endpoint-candidates'
import { startSteps } from './sources/start-steps'

/** The way to the engine: found by trying, kept while it answers, looked for anew when it does not. */
export interface Connection {
  /** The engine that answers. Throws ProblemError ENGINE_NOT_FOUND, which names every endpoint that was tried. */
  readonly engine: (signal: AbortSignal) => Promise<DockerEngine>
  readonly status: (signal: AbortSignal) => Promise<EngineStatus>
  /** After a failure: the next call looks at every endpoint again. */
  readonly forget: () => void
  /** From the next call on, this address alone is tried; null: all that the surroundings name. */
  readonly prefer: (address: string | null) => void
}

export function createConnection(surroundings: Surroundings): Connection {
  let current: DockerEngine | undefined
  let preferredAddress: string | null = null

  async function status(signal: AbortSignal): Promise<EngineStatus> {
    const tried: EndpointAttempt[] = []
    for (const candidate of endpointCandidates(surroundings, preferredAddress)) {
      const { attempt, docker, engine } = await tryEndpoint(candidate, signal)
      tried.push(attempt)
      if (docker && engine) {
        current = docker
        return { engine, tried, startSteps: [] }
      }
    }
    current = undefined
    return { engine: null, tried, startSteps: startSteps(surroundings.platform) }
  }

  async function engine(signal: AbortSignal): Promise<DockerEngine> {
    if (current)
      return current
    const { tried } = await status(signal)
    if (!current)
      throw notFound(tried)
    return current
  }

  const forget = (): void => { current = undefined }

  return {
    engine,
    status,
    forget,
    prefer: (address) => {
      preferredAddress = address
      forget()
    },
  }
}

interface Tried { attempt: EndpointAttempt, docker?: DockerEngine, engine?: Engine }

async function tryEndpoint({ origin, address, certificateFolder }: ReachableEndpoint, signal: AbortSignal): Promise<Tried> {
  const endpoint = { origin, address }
  try {
    const docker = connectDocker({ ...endpoint, ...(certificateFolder === undefined ? {} : { certificateFolder }) })
    const engine = describeEngine(endpoint, await docker.version(signal), await docker.info(signal))
    return { attempt: { endpoint, isReachable: true, answer: `${engine.product} ${engine.version}, API ${engine.apiVersion}` }, docker, engine }
  }
  catch (error) {
    signal.throwIfAborted()
    const { problem } = error instanceof ProblemError ? error : engineFailure(endpoint, error)
    return { attempt: { endpoint, isReachable: false, answer: problem.what } }
  }
}

const notFound = (tried: readonly EndpointAttempt[]): ProblemError => new ProblemError({
  code: 'ENGINE_NOT_FOUND',
  what: `No Docker engine answers. ${tried.map(({ endpoint, answer }) => `${endpoint.origin}: ${answer}`).join(' ')}`,
  fix: 'Start Docker, or set DOCKER_HOST to the address of a running engine.',
})
