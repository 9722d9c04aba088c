import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { ShellRequest } from '../../shared/model/shell'
import { ProblemError } from '../../shared/model/problem'
import { HELPER_LABEL } from '../sources/action-gate'
import type { DockerEngine } from '../sources/docker'
import { hadProcess, hasBegun, hasEnded } from '../actions/exec-status'
import { inPlainWords } from '../actions/plain-words'

/** A program that runs in a container, with a terminal that is read and written through `stream`. */
export interface Terminal {
  /** The container's first process while it was opened. */
  readonly containerPid: number | null
  readonly docker: DockerEngine
  readonly execId: string
  readonly stream: Duplex
  /** What it writes; reading it slowly holds the program back. */
  readonly output: AsyncIterator<Buffer>
  /** The first of it, which may have been asked for already. */
  readonly first: Promise<IteratorResult<Buffer>>
}

/** On every program that a terminal starts: which terminal's it is. */
export const MARK = 'ISOSCOPE_SHELL'

const POLL_MS = 50
/** Of the engine's words in place of a program's. */
const MAX_REASON_BYTES = 4096
/** A runtime starts a program in a fifth of a second. */
const START_MS = 30_000

/** The container's name, and the PID of its first process, null while it has none; throws ProblemError for one in which no shell is opened. */
export async function lookAt(docker: DockerEngine, containerId: string, signal: AbortSignal): Promise<{ name: string, pid: number | null }> {
  const { Name, Config, State } = await docker.inspect(containerId, signal)
  if (Config.Labels.has(HELPER_LABEL))
    throw new ProblemError({ code: 'CONTAINER_IS_HELPER', what: 'That is Isoscope’s own helper container; it has no shell.', fix: 'Choose another container.' })
  return { name: Name.replace(/^\//, ''), pid: State.Pid }
}

/** Starts the shell and waits until it runs. Throws ProblemError with the engine's words and what to do. */
export async function openTerminal(docker: DockerEngine, request: ShellRequest, sessionId: string, container: { name: string, pid: number | null }, outer: AbortSignal): Promise<Terminal> {
  const { containerId, shell, user, workingDirectory, columns, rows } = request
  const { name: containerName, pid: containerPid } = container
  const refused = (error: unknown): never => { throw inPlainWords(error, containerName) }
  const execId = await docker.createExec(containerId, { command: [shell], user, workingDirectory, environment: [`${MARK}=${sessionId}`], streams: 'terminal' }, outer).catch(refused)
  const stream = await docker.startTerminal(execId, outer).catch(refused)
  // What goes wrong is met by who reads.
  stream.on('error', () => {})
  const output = stream[Symbol.asyncIterator]()
  const first = output.next()
  first.catch(() => {})
  const terminal = { containerPid, docker, execId, stream, output, first }
  try {
    await untilStarted(terminal, request, containerName, outer)
    await docker.resizeExec(execId, columns, rows, outer).catch(() => {})
    return terminal
  }
  catch (error) {
    stream.destroy()
    throw error
  }
}

/** It runs, or ran, when it has a PID: the engine calls it running before it is (moby, daemon/exec.go). */
async function untilStarted({ docker, execId, output, first }: Terminal, { shell }: ShellRequest, containerName: string, outer: AbortSignal): Promise<void> {
  const until = performance.now() + START_MS
  while (performance.now() < until) {
    await Promise.race([first, wait(POLL_MS, undefined, { signal: outer })])
    const status = await docker.inspectExec(execId, outer)
    if (hasBegun(status) && hadProcess(status))
      return
    if (hasEnded(status))
      throw inPlainWords(new ProblemError({ code: 'ENGINE_REFUSED', what: `${shell} cannot be started: ${await reason(first, output)}.`, fix: 'Choose another shell, user or folder.' }), containerName)
  }
  throw new ProblemError({ code: 'SHELL_NOT_STARTED', what: `The engine did not start ${shell} within ${START_MS / 1000} s.`, fix: 'See whether the engine is busy, and try again.' })
}

/** The engine's words, which come where the program's output would. */
async function reason(first: Promise<IteratorResult<Buffer>>, output: AsyncIterator<Buffer>): Promise<string> {
  let said = ''
  for (let part = await first; part.done !== true && said.length < MAX_REASON_BYTES; part = await output.next())
    said += part.value.toString('utf8')
  return said.trim().replace(/: unknown$/, '') || 'the engine does not say why'
}
