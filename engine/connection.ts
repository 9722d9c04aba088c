import type { EndpointAttempt, EngineStatus, KnownEndpoint } from '../shared/model/engine'
import { ProblemError } from '../shared/model/problem'
import { createEra, duringEra, type Era } from './era'
import type { DockerEngine } from './sources/docker'
import { endpointCandidates, endpointPlace, type EngineWish, knownEndpoints, type ListedEndpoint, namedForThisRun, type PreferredEngine, preferredEndpoint } from './sources/endpoint-candidates'
import type { ReachableEndpoint } from './sources/endpoint-target'
import { startSteps } from './sources/start-steps'
import type { Surroundings } from './sources/surroundings'
import { healthOf, tryEndpoint } from './try-endpoint'
import { untilAborted } from './until-aborted'

/** The way to the engine: found by trying, kept while it answers, looked for anew when it does not. */
export interface Connection {
  /** The engine that answers. Throws ProblemError ENGINE_NOT_FOUND, which names every endpoint that was tried. */
  readonly engine: (signal: AbortSignal) => Promise<DockerEngine>
  /** Looks anew. Throws ProblemError when the context that was wished for does not exist. */
  readonly status: (signal: AbortSignal) => Promise<EngineStatus>
  /** Every endpoint that is known, all asked at once; none waits for another. */
  readonly endpoints: (signal: AbortSignal) => Promise<KnownEndpoint[]>
  /** From now on this one of `endpoints` alone is asked; null: as without a choice. Throws ProblemError ENDPOINT_UNKNOWN. */
  readonly choose: (endpointId: string | null, signal: AbortSignal) => Promise<EngineStatus>
  /**
   * The engine that the person chose last; null: none. `isNow`: it was chosen in this run, and goes before everything. Else it is remembered,
   * and gives way to a choice of this run, and to what was named for it: `--host`, `--context`, DOCKER_HOST, DOCKER_CONTEXT.
   */
  readonly prefer: (preferred: PreferredEngine | null, isNow: boolean) => void
  /** The time of the engine that is asked now: whatever is asked of it must end with it. */
  readonly era: () => Era
  /** After a failure of this engine, unless another has been found since: the next call looks at every endpoint again. */
  readonly forget: (failed: DockerEngine) => void
  /** Whether an engine has answered, whoever looked for it, and was not forgotten since. Asks nothing. */
  readonly isKnown: () => boolean
  /** Of connections that stood while this computer slept nothing is known: they end, and the next call makes new ones. */
  readonly renew: () => void
  /** Ends every connection. */
  readonly close: () => void
}

interface Current { readonly docker: DockerEngine, readonly place: string }
interface Found { readonly status: EngineStatus, readonly docker: DockerEngine | null }

/** `onReached` hears of each engine when it has answered for the first time, and of one that was lost when it answers again. */
export function createConnection(surroundings: Surroundings, wished: EngineWish | null = null, beforeTurn: () => void = () => {}, onReached: (docker: DockerEngine) => void = () => {}): Connection {
  let preferred: PreferredEngine | null = null
  let chosen: ListedEndpoint | null = null
  let era = createEra()
  let current: Current | undefined
  let looking: Promise<Found> | undefined

  const known = (): ListedEndpoint[] => knownEndpoints(surroundings, wished, preferred)

  /** Where to look, and why there. */
  function plan(): { candidates: ReachableEndpoint[], why: string, setAside: string | null } {
    if (chosen)
      return { candidates: [chosen], why: 'You chose it.', setAside: null }
    const named = namedForThisRun(surroundings, wished)
    const remembered = preferred && preferredEndpoint(surroundings, preferred)
    if (remembered && named === null)
      return { candidates: [remembered], why: 'You chose it last, and the preferences remember it.', setAside: null }
    const candidates = endpointCandidates(surroundings, wished)
    const isAsked = remembered !== null && candidates.some(candidate => endpointPlace(candidate) === endpointPlace(remembered))
    return {
      candidates,
      why: named !== null ? `${named} names it for this run.` : candidates.length === 1 ? 'It is the docker command’s current context.' : 'Nothing names an engine, so the usual places are tried in turn.',
      setAside: preferred === null || isAsked
        ? null
        : remembered === null
          ? 'The engine that you chose last is not known to this computer any more.'
          : `You chose ${remembered.origin} last, at ${remembered.address}; what is named for this run goes before it.`,
    }
  }

  /** One look at a time, for everybody who asks; it ends with the era, not with the first who leaves. */
  function look(): Promise<Found> {
    const mine = era
    looking ??= lookAround(mine).finally(() => {
      if (mine === era)
        looking = undefined
    })
    // Everybody who waited may have left.
    looking.catch(() => {})
    return looking
  }

  async function lookAround(mine: Era): Promise<Found> {
    const tried: EndpointAttempt[] = []
    const { candidates, why, setAside } = plan()
    for (const candidate of candidates) {
      if (wished && !chosen && candidate.problem)
        throw new ProblemError(candidate.problem)
      const place = endpointPlace(candidate)
      const { answer, docker, ...found } = await tryEndpoint(candidate, surroundings.env, mine.signal, current?.place === place ? current.docker : null)
      tried.push({ endpoint: { origin: candidate.origin, address: candidate.address }, isReachable: docker !== null, answer })
      if (docker && 'engine' in found) {
        if (mine.signal.aborted)
          docker.close()
        mine.signal.throwIfAborted()
        replace({ docker, place })
        return { status: { engine: found.engine, why, setAside, tried, startSteps: [] }, docker }
      }
    }
    mine.signal.throwIfAborted()
    replace(undefined)
    return { status: { engine: null, why, setAside, tried, startSteps: startSteps(surroundings.platform) }, docker: null }
  }

  function replace(next: Current | undefined): void {
    const before = current
    current = next
    if (before?.docker === next?.docker)
      return
    before?.docker.retire()
    if (next)
      onReached(next.docker)
  }

  /** Asks again when another engine was chosen meanwhile: what is told is always of the one that is asked from now on. */
  async function status(outer: AbortSignal): Promise<EngineStatus> {
    for (;;) {
      const mine = era
      try {
        return (await duringEra(mine, outer, signal => untilAborted(look(), signal))).status
      }
      catch (error) {
        outer.throwIfAborted()
        if (!mine.signal.aborted)
          throw error
      }
    }
  }

  async function engine(signal: AbortSignal): Promise<DockerEngine> {
    if (current)
      return current.docker
    const { docker, status: { tried } } = await untilAborted(look(), signal)
    if (!docker)
      throw notFound(tried)
    return docker
  }

  /** Nothing of the old engine is answered after this. */
  function turn(): void {
    era.end()
    current?.docker.close()
    current = undefined
    looking = undefined
    era = createEra()
  }

  function endpoints(signal: AbortSignal): Promise<KnownEndpoint[]> {
    const [first, ...others] = plan().candidates
    const askedPlace = current?.place ?? (first && others.length === 0 ? endpointPlace(first) : null)
    return Promise.all(known().map((listed) => {
      const place = endpointPlace(listed)
      return healthOf(listed, place === askedPlace, current?.place === place ? current.docker : null, surroundings.env, signal)
    }))
  }

  return {
    engine,
    status,
    endpoints,
    async choose(endpointId, signal) {
      const next = endpointId === null ? null : known().find(({ id }) => id === endpointId)
      if (next === undefined)
        throw new ProblemError({ code: 'ENDPOINT_UNKNOWN', what: 'This computer does not know that endpoint, or no longer.', fix: 'Choose one in the list as it is now.' })
      chosen = next
      preferred = next && { endpointId: next.id }
      turn()
      return status(signal)
    },
    prefer: (next, isNow) => {
      if (!isNow && chosen !== null)
        return
      const found = next && isNow ? preferredEndpoint(surroundings, next) : null
      const isSame = isNow ? found?.id === chosen?.id && (next !== null || preferred === null) : JSON.stringify(next) === JSON.stringify(preferred)
      preferred = next
      if (isSame)
        return
      beforeTurn()
      chosen = found
      turn()
    },
    era: () => era,
    forget: (failed) => {
      if (current?.docker === failed)
        replace(undefined)
    },
    isKnown: () => current !== undefined,
    renew: () => {
      current?.docker.close()
      current = undefined
    },
    close: () => turn(),
  }
}

const notFound = (tried: readonly EndpointAttempt[]): ProblemError => new ProblemError({
  code: 'ENGINE_NOT_FOUND',
  what: `No Docker engine answers. ${tried.map(({ endpoint, answer }) => `${endpoint.origin}: ${answer}`).join(' ')}`,
  fix: 'Start Docker, or set DOCKER_HOST to the address of a running engine.',
})
