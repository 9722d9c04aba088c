import { setTimeout as wait } from 'node:timers/promises'
import type { LogBatch, LogLine } from '../../shared/model/logs'
import { ProblemError } from '../../shared/model/problem'
import { isTimeToAsk } from '../ask-again'
import type { Connection } from '../connection'
import { latestOnly } from '../latest-only'
import { type ParsedLogLine, readLog } from '../parse/log-stream'
import type { DockerEngine, EngineEvent } from '../sources/docker'
import { createLogBuffer } from './log-buffer'
import { createLogPosition, type LogPosition } from './log-position'

export interface LogsOptions {
  readonly connection: Pick<Connection, 'engine' | 'forget' | 'isKnown'>
  readonly containerId: string
  /** Lines of what was written before. */
  readonly tail: number
  readonly signal: AbortSignal
}

/** A person reads no faster; a burst of lines comes in one batch. */
const SETTLE_MS = 50
/** How often it is seen whether somebody else has found the engine. Nothing is asked for it. */
const LOOK_MS = 250

type LogState = Pick<LogBatch, 'state' | 'problem'>

/** What a log says, as it comes. */
interface Told {
  readonly add: (lines: readonly LogLine[]) => void
  readonly say: (state: LogState) => void
}

/**
 * The last `tail` lines of a container, then what it writes, also in its next runs and by an engine that was lost and found again: each line
 * once. Read as fast as the engine sends, whatever the reader does; what is too much for it is dropped from the oldest on, and counted.
 * Throws ProblemError CONTAINER_GONE, LOGS_NOT_READABLE, LOGS_BROKEN, or what else the engine refuses.
 */
export async function* watchLogs(options: LogsOptions): AsyncGenerator<LogBatch> {
  const { signal } = options
  const buffer = createLogBuffer()
  const states = latestOnly<LogState>(signal, (show, stopped) => {
    let now: LogState = { state: 'away', problem: null }
    return followLog({ ...options, signal: stopped }, {
      add: (lines) => {
        buffer.add(lines)
        show(now)
      },
      say: (state) => {
        now = state
        show(now)
      },
    })
  })
  for await (const now of states) {
    await pause(SETTLE_MS, signal)
    do
      yield { ...buffer.take(), ...now }
    while (!buffer.isEmpty() && !signal.aborted)
  }
}

async function followLog(options: LogsOptions, told: Told): Promise<void> {
  const { connection, signal } = options
  const position = createLogPosition()
  while (!signal.aborted) {
    let docker: DockerEngine | undefined
    try {
      docker = await connection.engine(signal)
      await followRuns(docker, options, position, told)
    }
    catch (error) {
      if (signal.aborted)
        return
      if (!(error instanceof ProblemError) || IS_FINAL.has(error.problem.code))
        throw error
      const { problem } = error
      if (docker && problem.code !== 'ENGINE_ASLEEP')
        connection.forget(docker)
      told.say({ state: 'away', problem })
      const sinceMs = performance.now()
      do
        await pause(LOOK_MS, signal)
      while (!signal.aborted && !isTimeToAsk(connection, problem, sinceMs))
    }
  }
}

/** After these nothing will come. */
const IS_FINAL: ReadonlySet<string> = new Set(['CONTAINER_GONE', 'ENGINE_REFUSED', 'LOGS_NOT_READABLE', 'LOGS_BROKEN'])

/** One run of the container after the other, until it is removed or its engine is lost: then it throws ProblemError. */
async function followRuns(docker: DockerEngine, { containerId, tail, signal: outer }: LogsOptions, position: LogPosition, told: Told): Promise<void> {
  const end = new AbortController()
  const { signal } = end
  const onAbort = (): void => end.abort()
  outer.addEventListener('abort', onAbort, { once: true })
  let starts = (): void => {}
  try {
    // First of all, so that no start is missed.
    const lost = watchLife(await docker.eventsOf(containerId, signal), () => starts())
    lost.catch(() => {})
    while (!signal.aborted) {
      const started = new Promise<void>((resolve) => { starts = resolve })
      await Promise.race([followRun(docker, { containerId, tail, signal }, position, told), lost])
      told.say({ state: 'ended', problem: null })
      await Promise.race([started, lost])
    }
  }
  finally {
    outer.removeEventListener('abort', onAbort)
    end.abort()
  }
}

/** Ends with the run: the engine ends a log that it follows when its container does. */
async function followRun(docker: DockerEngine, { containerId, tail, signal }: Pick<LogsOptions, 'containerId' | 'tail' | 'signal'>, position: LogPosition, { add, say }: Told): Promise<void> {
  const since = position.since()
  position.resume()
  const parser = readLog()
  const body = await docker.logs(containerId, since === null ? { tail: String(tail) } : { tail: 'all', since }, signal)
  say({ state: 'follows', problem: null })
  function tell(parsed: readonly ParsedLogLine[]): void {
    add(position.onlyNew(parsed.flatMap(({ stream, ...line }) => stream === 'engine' ? [] : [{ stream, ...line }])))
    const said = parsed.find(({ stream }) => stream === 'engine')
    if (said)
      throw new ProblemError({ code: 'LOGS_BROKEN', what: `The engine cannot read on in this log: ${said.text}`, fix: 'See the engine\'s log, and try again.' })
  }

  for await (const chunk of body)
    tell(parser.push(chunk))
  tell(parser.end())
}

/** Reads every event as it comes. Never ends well. */
async function watchLife(events: AsyncIterable<EngineEvent>, onStart: () => void): Promise<never> {
  for await (const { Action } of events) {
    if (Action === 'start')
      onStart()
    // Podman's word is the second.
    if (Action === 'destroy' || Action === 'remove')
      throw new ProblemError({ code: 'CONTAINER_GONE', what: 'The container was removed.', fix: 'Choose another container; `docker ps -a` lists them.' })
  }
  throw new ProblemError({ code: 'ENGINE_LOST', what: 'The engine closed the connection.', fix: 'Start Docker again; Isoscope finds it by itself.' })
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})
