import type { Endpoint, Engine, KnownEndpoint } from '../shared/model/engine'
import { ProblemError } from '../shared/model/problem'
import { describeEngine } from './parse/docker-version'
import { connectDocker, type DockerEngine } from './sources/docker'
import type { ListedEndpoint } from './sources/endpoint-candidates'
import type { ReachableEndpoint } from './sources/endpoint-target'
import { engineFailure } from './sources/engine-failure'

/** What came of trying one endpoint: an engine that is kept open, or why not. */
export type Tried =
  | { readonly answer: string, readonly docker: DockerEngine, readonly engine: Engine }
  | { readonly answer: string, readonly docker: null }

/** For a list that somebody waits for: an engine that is well answers within milliseconds, over ssh within a second or two. */
const HEALTH_MS = 5_000

/**
 * Asks for the engine's version and what it says of itself, over `open` when that connection is there and still works. Rejects only
 * when the signal aborts.
 */
export async function tryEndpoint(reachable: ReachableEndpoint, env: NodeJS.ProcessEnv, signal: AbortSignal, open: DockerEngine | null = null): Promise<Tried> {
  const endpoint: Endpoint = { origin: reachable.origin, address: reachable.address }
  const known = open && await describe(open, signal).catch(() => null)
  if (open && known)
    return { answer: wordsOf(known), docker: open, engine: known }
  let docker: DockerEngine | undefined
  try {
    if (reachable.problem)
      throw new ProblemError(reachable.problem)
    docker = connectDocker(reachable, env)
    const engine = await describe(docker, signal)
    return { answer: wordsOf(engine), docker, engine }
  }
  catch (error) {
    docker?.close()
    signal.throwIfAborted()
    return { answer: answerOf(endpoint, error), docker: null }
  }
}

/** How an endpoint does, and how long it took to say so. `open` is a connection to it that is there already. */
export async function healthOf(listed: ListedEndpoint, isCurrent: boolean, open: DockerEngine | null, env: NodeJS.ProcessEnv, outer: AbortSignal): Promise<KnownEndpoint> {
  const { id, origin, address } = listed
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), HEALTH_MS)
  const onAbort = (): void => deadline.abort()
  outer.addEventListener('abort', onAbort, { once: true })
  const askedAt = performance.now()
  const row = (isReachable: boolean, answer: string): KnownEndpoint =>
    ({ id, endpoint: { origin, address }, isCurrent, isReachable, answer, answeredMs: isReachable ? Math.round(performance.now() - askedAt) : null })
  try {
    if (open)
      return row(true, wordsOf(await describe(open, deadline.signal)))
    const { answer, docker } = await tryEndpoint(listed, env, deadline.signal)
    docker?.close()
    return row(docker !== null, besideAddress(answer, listed))
  }
  catch (error) {
    outer.throwIfAborted()
    return row(false, deadline.signal.aborted ? `No answer within ${HEALTH_MS / 1000} s.` : besideAddress(answerOf(listed, error), listed))
  }
  finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', onAbort)
  }
}

const describe = async (docker: DockerEngine, signal: AbortSignal): Promise<Engine> =>
  describeEngine(docker.endpoint, await docker.version(signal), await docker.info(signal))

const wordsOf = ({ product, version, apiVersion }: Engine): string => `${product} ${version}, API ${apiVersion}`

/** What a person can do stands beside what happened where nothing else would tell it. */
function answerOf(endpoint: Endpoint, error: unknown): string {
  const { problem } = engineFailure(endpoint, error)
  return problem.code === 'ENGINE_UNREACHABLE' && problem.fix.startsWith('Start Docker') ? problem.what : `${problem.what} ${problem.fix}`
}

/** In a list the address stands beside it already. */
function besideAddress(answer: string, { address, origin }: Endpoint): string {
  const said = [`The engine at ${address} does not answer: `, `${address} (${origin}) was `].find(beginning => answer.startsWith(beginning))
  const rest = answer.slice(said?.length ?? 0)
  return `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}`
}
