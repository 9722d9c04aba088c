import { setTimeout as wait } from 'node:timers/promises'
import type { ListedContainer } from '../shared/model/container'
import type { ContainerList } from '../shared/model/live'
import { ProblemError } from '../shared/model/problem'
import { ASLEEP_MS } from './ask-again'
import type { Connection } from './connection'
import { latestOnly } from './latest-only'
import { parseListEntry } from './parse/docker-list'
import type { DockerEngine, EngineEvent } from './sources/docker'
import { isAway } from './sources/engine-failure'

const FIRST_RETRY_MS = 500
/** What is cut after as long may only have been cut (a restart, a sleep of this computer): it is asked for once more before anything is said. */
const STEADY_MS = 5_000
/** A `docker run` makes six events within a second; one list answers them all. An engine that takes longer for a list is left as long between two. */
const SETTLE_MS = 100
/** An engine tells that a container died before its list has it (moby, daemon/monitor.go); a busy one is late by a tenth of a second and more. */
const LAG_MS = 1_000
/** A half-open connection brings no event and no end: a list now and then finds out what it missed. */
const RELIST_MS = 30_000

/**
 * The list now, and again after every change. Events are read by a loop of their own, which no reader of the list can hold up,
 * and only say that something changed: what is shown always comes from a new list. While the engine is away, the last list
 * comes with the problem, and the endpoints are tried again with growing pauses.
 */
export function watchContainers(connection: Connection, now: () => Date, outer: AbortSignal): AsyncIterable<ContainerList> {
  return latestOnly<ContainerList>(outer, async (show, signal) => {
    let containers: ListedContainer[] = []
    let retryMs = FIRST_RETRY_MS
    while (!signal.aborted) {
      let docker: DockerEngine | undefined
      const startedAt = performance.now()
      try {
        docker = await connection.engine(signal)
        await followEngine(docker, signal, (list) => {
          containers = list
          retryMs = FIRST_RETRY_MS
          show({ at: now().toISOString(), containers, problem: null })
        })
      }
      catch (error) {
        if (signal.aborted)
          return
        if (!(error instanceof ProblemError))
          throw error
        const { code } = error.problem
        if (docker && isAway(code)) {
          connection.forget(docker)
          if (code === 'ENGINE_LOST' && performance.now() - startedAt > STEADY_MS)
            continue
        }
        show({ at: now().toISOString(), containers, problem: error.problem })
        await pause(code === 'ENGINE_ASLEEP' ? ASLEEP_MS : retryMs, signal)
        retryMs = Math.min(retryMs * 2, ASLEEP_MS)
      }
    }
  })
}

/** No list, until the signal aborts: for who wants to hear that alone. */
export const watchNothing = (outer: AbortSignal): AsyncIterable<ContainerList> =>
  latestOnly<ContainerList>(outer, (_show, signal) => new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted)
      resolve()
  }))

/**
 * Lists at once and after each burst of events, each time once more for what was late, until the engine goes away: then it throws
 * ProblemError. Ends when a list of the clock's differs from what the events told: they come no more, and have to be asked for anew.
 */
async function followEngine(docker: DockerEngine, outer: AbortSignal, show: (containers: ListedContainer[]) => void): Promise<void> {
  const end = new AbortController()
  const { signal } = end
  const onAbort = (): void => end.abort()
  outer.addEventListener('abort', onAbort, { once: true })
  let wake = (): void => {}
  try {
    const lost = drain(await docker.events(signal), () => wake())
    // It may fail while a list is being asked for; the race below is what hears of it.
    lost.catch(() => {})
    let occasion: Occasion = 'begin'
    for (let shown: string | null = null; !signal.aborted;) {
      const changed = new Promise<'told'>((resolve) => { wake = () => resolve('told') })
      const askedAt = performance.now()
      const containers = (await docker.list(signal)).map(parseListEntry)
      const tookMs = performance.now() - askedAt
      const listed = containers.map(({ id, state, name }) => `${id} ${state} ${name}`).join('\n')
      if (occasion !== 'late' || listed !== shown)
        show(containers)
      if (occasion === 'clock' && listed !== shown)
        return
      shown = listed
      const clock = new AbortController()
      const reason = await Promise.race([changed, lost, pause(occasion === 'told' ? LAG_MS : RELIST_MS, clock.signal)]).finally(() => clock.abort())
      occasion = nextOccasion(occasion, reason === 'told')
      await pause(Math.max(SETTLE_MS, tookMs), signal)
    }
  }
  finally {
    outer.removeEventListener('abort', onAbort)
    end.abort()
  }
}

/** What a list is asked for: the first one, a change that was told, what of that may have been late, or the clock. */
type Occasion = 'begin' | 'told' | 'late' | 'clock'

const nextOccasion = (last: Occasion, isTold: boolean): Occasion => isTold ? 'told' : last === 'told' ? 'late' : 'clock'

/** Reads every event as fast as it comes. Never ends well: a stream that stops means that the engine went away. Throws ProblemError ENGINE_LOST. */
async function drain(events: AsyncIterable<EngineEvent>, onChange: () => void): Promise<never> {
  const lost = (what: string, options?: ErrorOptions): ProblemError =>
    new ProblemError({ code: 'ENGINE_LOST', what, fix: 'Start Docker again; Isoscope finds it by itself.' }, options)
  try {
    for await (const { Action } of events) {
      // Health checks and our own questions come as events too, and change no line of `docker ps`.
      if (!Action.startsWith('exec_') && Action !== 'top')
        onChange()
    }
  }
  catch (error) {
    throw error instanceof ProblemError ? lost(error.problem.what, { cause: error }) : error
  }
  throw lost('The engine closed the connection.')
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})
