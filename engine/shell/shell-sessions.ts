import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { ProblemError } from '../../shared/model/problem'
import type { ShellItem, ShellRequest, ShellSize } from '../../shared/model/shell'
import { shellCommand } from '../../shared/text/shell-command'
import type { ActionLog } from '../actions/action-log'
import type { DockerEngine } from '../sources/docker'
import { untilAborted } from '../until-aborted'
import { hangUp } from './hang-up'
import { lookAt, MARK, openTerminal, type Terminal } from './open-terminal'

/** The terminals that are open, each known by an id that cannot be guessed. */
export interface ShellSessions {
  /** Until its shell ends, or the signal aborts: then the shell is ended. Throws ProblemError. */
  readonly open: (docker: DockerEngine, request: ShellRequest, signal: AbortSignal) => AsyncGenerator<ShellItem>
  /** The following throw ProblemError SHELL_ENDED for one that is not open. */
  readonly write: (sessionId: string, data: string, signal: AbortSignal) => Promise<void>
  readonly resize: (sessionId: string, size: ShellSize, signal: AbortSignal) => Promise<void>
  readonly close: (sessionId: string) => Promise<void>
  /** Ends all of them. */
  readonly endAll: () => Promise<void>
}

interface Session {
  readonly terminal: Terminal
  /** Ends the shell, once; whoever calls it again waits for the same. */
  readonly end: () => Promise<void>
}

/** More than anybody looks at; each holds a connection to the engine. */
const MAX_SESSIONS = 32
/** Typed or pasted, and not read by the program: beyond this nothing more is taken. */
const MAX_UNREAD_BYTES = 256 * 1024
/** Its output ends a little before the engine knows how it ended. */
const EXIT_MS = 2_000
const POLL_MS = 25
/** 128 and the number of SIGKILL. */
const KILLED = 137

export function createShellSessions(log: ActionLog): ShellSessions {
  const sessions = new Map<string, Session>()
  let opening = 0

  function session(sessionId: string): Session {
    const found = sessions.get(sessionId)
    if (!found)
      throw new ProblemError({ code: 'SHELL_ENDED', what: 'This terminal is not open any more.', fix: 'Open it again.' })
    return found
  }

  /** Opens it and records it; `over` says how it ended. Settles with the terminal, or with why there is none. */
  async function begin(docker: DockerEngine, request: ShellRequest, sessionId: string, over: Promise<void>, signal: AbortSignal): Promise<Terminal> {
    const container = await lookAt(docker, request.containerId, signal)
    return new Promise((resolve, reject) => {
      log.record({ engine: docker.endpoint.address, command: shellCommand(request, container.name) }, async () => {
        resolve(await openTerminal(docker, request, sessionId, container, signal))
        await over
        return null
      }).catch(reject)
    })
  }

  async function* open(docker: DockerEngine, request: ShellRequest, signal: AbortSignal): AsyncGenerator<ShellItem> {
    if (sessions.size + opening >= MAX_SESSIONS)
      throw new ProblemError({ code: 'TOO_MANY_SHELLS', what: `Isoscope has ${MAX_SESSIONS} terminals open, and opens no more at once.`, fix: 'Close one of them.' })
    const sessionId = randomUUID()
    let isOver = (): void => {}
    let failed: (error: unknown) => void = () => {}
    const over = new Promise<void>((resolve, reject) => {
      isOver = resolve
      failed = reject
    })
    over.catch(() => {})
    opening += 1
    const terminal = await begin(docker, request, sessionId, over, signal).finally(() => { opening -= 1 })
    const end = endOnce(terminal, request, sessionId)
    sessions.set(sessionId, { terminal, end })
    const onAbort = (): void => void end()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      signal.throwIfAborted()
      yield { item: 'opened', sessionId }
      for (let part = await terminal.first; part.done !== true; part = await terminal.output.next())
        yield { item: 'output', base64: part.value.toString('base64') }
      yield { item: 'ended', ...await howItEnded(terminal, request.containerId, signal) }
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
    resize: async (sessionId, { columns, rows }, signal) => {
      const { terminal: { docker, execId } } = session(sessionId)
      await docker.resizeExec(execId, columns, rows, signal)
    },
    close: sessionId => session(sessionId).end(),
    endAll: async () => { await Promise.all([...sessions.values()].map(({ end }) => end())) },
  }
}

/** The shell first, then the connection, which nobody reads any more. */
function endOnce(terminal: Terminal, { containerId, shell, user }: ShellRequest, sessionId: string): () => Promise<void> {
  const { docker, execId, stream } = terminal
  let ending: Promise<void> | undefined
  return () => {
    ending ??= hangUp({ docker, containerId, execId, shell, user, mark: `${MARK}=${sessionId}`, type: keys => void stream.write(keys) })
      .finally(() => stream.destroy())
    return ending
  }
}

async function howItEnded(terminal: Terminal, containerId: string, signal: AbortSignal): Promise<{ exitCode: number | null, isContainerGone: boolean }> {
  const { docker, execId, containerPid } = terminal
  const { Running, ExitCode } = await untilOr(EXIT_MS, () => docker.inspectExec(execId, signal), exec => !exec.Running, signal)
  const isGone = (): Promise<boolean> => docker.inspect(containerId, signal).then(({ State }) => State.Pid !== containerPid, (error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'CONTAINER_GONE')
      return true
    throw error
  })
  // When its first process ends, the kernel kills all others (pid_namespaces(7)); the engine says so a little later.
  const waitMs = ExitCode === KILLED ? EXIT_MS : 0
  return { exitCode: Running ? null : ExitCode, isContainerGone: await untilOr(waitMs, isGone, isSo => isSo, signal) }
}

/** What is asked for again until it is as expected, or the time is over: the last answer. */
async function untilOr<T>(ms: number, ask: () => Promise<T>, isExpected: (answer: T) => boolean, signal: AbortSignal): Promise<T> {
  const until = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (isExpected(answer) || performance.now() >= until)
      return answer
    await wait(POLL_MS, undefined, { signal })
  }
}

const shellLost = (error: unknown): ProblemError => new ProblemError({
  code: 'SHELL_LOST',
  what: `The connection to this terminal ended: ${error instanceof ProblemError ? error.problem.what : error instanceof Error ? `${error.message}.` : 'nobody says why.'}`,
  fix: 'Open it again when the engine is there.',
}, { cause: error })
