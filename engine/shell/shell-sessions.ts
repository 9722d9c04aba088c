import { randomUUID } from 'node:crypto'
import { ProblemError } from '../../shared/model/problem'
import type { ShellItem, ShellSize } from '../../shared/model/shell'
import type { ActionLog } from '../actions/action-log'
import { untilAborted } from '../until-aborted'
import type { Opening, Terminal } from './terminal'

/** The terminals that are open, each known by an id that cannot be guessed. */
export interface ShellSessions {
  /** Until its shell ends, or the signal aborts: then the shell is ended. Throws ProblemError, also what `prepare` throws. */
  readonly open: (prepare: (signal: AbortSignal) => Promise<Opening>, signal: AbortSignal) => AsyncGenerator<ShellItem>
  /** The following throw ProblemError SHELL_ENDED for one that is not open. */
  readonly write: (sessionId: string, data: string, signal: AbortSignal) => Promise<void>
  readonly resize: (sessionId: string, size: ShellSize, signal: AbortSignal) => Promise<void>
  readonly close: (sessionId: string) => Promise<void>
  /** Ends all of them, those that are about to be opened too. */
  readonly endAll: () => Promise<void>
}

interface Session {
  readonly terminal: Terminal
  /** Ends the shell, once; whoever calls it again waits for the same. */
  readonly end: () => Promise<void>
  readonly isEnding: () => boolean
}

/** More than anybody looks at; each holds a connection to the engine. */
const MAX_SESSIONS = 32
/** Typed or pasted, and not read by the program: beyond this nothing more is taken. */
const MAX_UNREAD_BYTES = 256 * 1024

export function createShellSessions(log: ActionLog): ShellSessions {
  const sessions = new Map<string, Session>()
  const openings = new Set<{ readonly stop: AbortController, readonly settled: Promise<unknown> }>()

  function session(sessionId: string): Session {
    const found = sessions.get(sessionId)
    if (!found)
      throw new ProblemError({ code: 'SHELL_ENDED', what: 'This terminal is not open any more.', fix: 'Open it again.' })
    return found
  }

  /** Opens it and records it; `over` says how it ended. Settles with the terminal, or with why there is none. */
  async function begin(prepare: (signal: AbortSignal) => Promise<Opening>, sessionId: string, over: Promise<void>, signal: AbortSignal): Promise<Session> {
    const { engine, command, open: openIt } = await prepare(signal)
    return new Promise((resolve, reject) => {
      log.record({ engine, command }, async () => {
        const terminal = await openIt(sessionId, signal)
        const session = { terminal, ...endOnce(terminal) }
        sessions.set(sessionId, session)
        resolve(session)
        await over
        return null
      }).catch(reject)
    })
  }

  /** Until it is open, `endAll` gives it up. */
  async function beginUnless(ask: (signal: AbortSignal) => Promise<Session>, outer: AbortSignal): Promise<Session> {
    const stop = new AbortController()
    const onAbort = (): void => stop.abort(outer.reason)
    outer.addEventListener('abort', onAbort, { once: true })
    if (outer.aborted)
      onAbort()
    const settled = ask(stop.signal)
    const opening = { stop, settled: settled.catch(() => {}) }
    openings.add(opening)
    try {
      return await settled
    }
    finally {
      openings.delete(opening)
      outer.removeEventListener('abort', onAbort)
    }
  }

  async function* open(prepare: (signal: AbortSignal) => Promise<Opening>, signal: AbortSignal): AsyncGenerator<ShellItem> {
    if (sessions.size + openings.size >= MAX_SESSIONS)
      throw new ProblemError({ code: 'TOO_MANY_SHELLS', what: `Isoscope has ${MAX_SESSIONS} terminals open, and opens no more at once.`, fix: 'Close one of them.' })
    const sessionId = randomUUID()
    let isOver = (): void => {}
    let failed: (error: unknown) => void = () => {}
    const over = new Promise<void>((resolve, reject) => {
      isOver = resolve
      failed = reject
    })
    over.catch(() => {})
    const { terminal, end, isEnding } = await beginUnless(inner => begin(prepare, sessionId, over, inner), signal)
    const onAbort = (): void => void end()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      signal.throwIfAborted()
      yield { item: 'opened', sessionId }
      for await (const part of outputOf(terminal, isEnding))
        yield { item: 'output', base64: part.toString('base64') }
      yield { item: 'ended', ...await terminal.howItEnded(signal) }
      isOver()
    }
    catch (error) {
      signal.throwIfAborted()
      const lost = shellLost(error)
      failed(lost)
      throw lost
    }
    finally {
      signal.removeEventListener('abort', onAbort)
      // Until then it is one that `endAll` waits for.
      await end()
      sessions.delete(sessionId)
      isOver()
    }
  }

  return {
    open,
    write: async (sessionId, data, signal) => {
      const { terminal: { stream } } = session(sessionId)
      if (stream.writableLength > MAX_UNREAD_BYTES)
        throw new ProblemError({ code: 'SHELL_INPUT_FULL', what: 'The program in this terminal does not read what is typed.', fix: 'Wait until it does, or close the terminal.' })
      await untilAborted(new Promise<void>((resolve, reject) => {
        stream.write(Buffer.from(data, 'utf8'), error => error ? reject(shellLost(error)) : resolve())
      }), signal)
    },
    resize: (sessionId, size, signal) => session(sessionId).terminal.resize(size, signal),
    close: sessionId => session(sessionId).end(),
    endAll: async () => {
      for (const { stop } of openings)
        stop.abort(new ProblemError({ code: 'SHELL_ENDED', what: 'Isoscope ended while this terminal was being opened.', fix: 'Open it again.' }))
      await Promise.all([...openings].map(({ settled }) => settled))
      await Promise.all([...sessions.values()].map(({ end }) => end()))
    },
  }
}

/** The shell first, then the connection, whose end may not have come yet. */
function endOnce(terminal: Terminal): Pick<Session, 'end' | 'isEnding'> {
  let ending: Promise<void> | undefined
  return { end: () => ending ??= terminal.end().finally(() => terminal.stream.destroy()), isEnding: () => ending !== undefined }
}

/** Until its connection ends; one that was cut because the terminal is being ended has ended too. */
async function* outputOf(terminal: Terminal, isEnding: () => boolean): AsyncGenerator<Buffer> {
  try {
    for (let part = await terminal.first; part.done !== true; part = await terminal.output.next())
      yield part.value
  }
  catch (error) {
    if (!isEnding())
      throw error
  }
}

const shellLost = (error: unknown): ProblemError => new ProblemError({
  code: 'SHELL_LOST',
  what: `The connection to this terminal ended: ${error instanceof ProblemError ? error.problem.what : error instanceof Error ? `${error.message}.` : 'nobody says why.'}`,
  fix: 'Open it again when the engine is there.',
}, { cause: error })
