import { setTimeout as wait } from 'node:timers/promises'
import type { Container } from '../shared/model/container'
import type { ContainerList } from '../shared/model/live'
import { ProblemError } from '../shared/model/problem'
import type { Connection } from './connection'
import { latestOnly } from './latest-only'
import { parseListedContainer } from './parse/docker-list'
import type { DockerEngine, EngineEvent } from './sources/docker'

const FIRST_RETRY_MS = 500
/** An engine that sleeps must not be kept awake. */
const LAST_RETRY_MS = 30_000
/** A `docker run` makes six events within a second; one list answers them all. */
const SETTLE_MS = 100
/** A half-open connection brings no event and no end: a list now and then finds out what it missed. */
const RELIST_MS = 30_000

/**
 * The list now, and again after every change. Events are read by a loop of their own, which no reader of the list can hold up,
 * and only say that something changed: what is shown always comes from a new list. While the engine is away, the last list
 * comes with the problem, and the endpoints are tried again with growing pauses.
 */
export function watchContainers(connection: Connection, now: () => Date, outer: AbortSignal): AsyncIterable<ContainerList> {
  return latestOnly<ContainerList>(outer, async (show, signal) => {
    let containers: Container[] = []
    let retryMs = FIRST_RETRY_MS
    while (!signal.aborted) {
      let docker: DockerEngine | undefined
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
        // An engine that answers with an error is still there.
        if (docker && error.problem.code !== 'ENGINE_REFUSED')
          connection.forget(docker)
        show({ at: now().toISOString(), containers, problem: error.problem })
        await pause(retryMs, signal)
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
      }
    }
  })
}

/**
 * Lists at once and after each burst of events, until the engine goes away: then it throws ProblemError. Ends when a list of the clock's
 * differs from what the events told: they come no more, and have to be asked for anew.
 */
async function followEngine(docker: DockerEngine, outer: AbortSignal, show: (containers: Container[]) => void): Promise<void> {
  const end = new AbortController()
  const { signal } = end
  const onAbort = (): void => end.abort()
  outer.addEventListener('abort', onAbort, { once: true })
  let wake = (): void => {}
  try {
    const lost = drain(await docker.events(signal), () => wake())
    // It may fail while a list is being asked for; the race below is what hears of it.
    lost.catch(() => {})
    for (let shown: string | null = null; !signal.aborted;) {
      const changed = new Promise<'told'>((resolve) => { wake = () => resolve('told') })
      const containers = (await docker.list(signal)).map(parseListedContainer)
      show(containers)
      const listed = containers.map(({ id, state, name }) => `${id} ${state} ${name}`).join('\n')
      if (shown !== null && shown !== listed)
        return
      const clock = new AbortController()
      const reason = await Promise.race([changed, lost, pause(RELIST_MS, clock.signal)]).finally(() => clock.abort())
      shown = reason === 'told' ? null : listed
      await pause(SETTLE_MS, signal)
    }
  }
  finally {
    outer.removeEventListener('abort', onAbort)
    end.abort()
  }
}

/** Reads every event as fast as it comes. Never ends well: a stream that stops means that the engine went away. */
async function drain(events: AsyncIterable<EngineEvent>, onChange: () => void): Promise<never> {
  for await (const { Action } of events) {
    // Health checks and our own questions come as events too, and change no line of `docker ps`.
    if (!Action.startsWith('exec_') && Action !== 'top')
      onChange()
  }
  throw new ProblemError({ code: 'ENGINE_LOST', what: 'The engine closed the connection.', fix: 'Start Docker again; Isoscope finds it by itself.' })
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})
