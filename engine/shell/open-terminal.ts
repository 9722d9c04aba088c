import { setTimeout as wait } from 'node:timers/promises'
import type { ShellRequest } from '../../shared/model/shell'
import { ProblemError } from '../../shared/model/problem'
import { shellCommand } from '../../shared/text/shell-command'
import { HELPER_LABEL } from '../sources/action-gate'
import type { DockerEngine } from '../sources/docker'
import { type Owner, processOf } from '../sources/owner'
import { hadProcess, hasBegun, hasEnded } from '../actions/exec-status'
import { inPlainWords } from '../actions/plain-words'
import { hasLeft, untilOr } from './container-left'
import { hangUp } from './hang-up'
import { type Opening, readingOf, type Terminal } from './terminal'

/** On every program that a terminal starts: whose it is (`processOf`), and which terminal's. */
export const MARK = 'ISOSCOPE_SHELL'

const POLL_MS = 50
/** Of the engine's words in place of a program's. */
const MAX_REASON_BYTES = 4096
/** A runtime starts a program in a fifth of a second. */
const START_MS = 30_000
/** Its output ends a little before the engine knows how it ended. */
const EXIT_MS = 2_000
/** 128 and the number of SIGKILL. */
const KILLED = 137

/** A shell in a container. Throws ProblemError for one in which none is opened. */
export async function shellOpening(docker: DockerEngine, owner: Owner, request: ShellRequest, signal: AbortSignal): Promise<Opening> {
  const { Name, Config, State } = await docker.inspect(request.containerId, signal)
  if (Config.Labels.has(HELPER_LABEL))
    throw new ProblemError({ code: 'CONTAINER_IS_HELPER', what: 'That is Isoscope’s own helper container; it has no shell.', fix: 'Choose another container.' })
  const container = { name: Name.replace(/^\//, ''), pid: State.Pid }
  return { engine: docker.endpoint.address, command: shellCommand(request, container.name), open: (sessionId, outer) => openTerminal(docker, request, `${MARK}=${processOf(owner)}/${sessionId}`, container, outer) }
}

/** Starts the shell and waits until it runs; `pid` is the container's first process, null while it has none. Throws ProblemError with the engine's words and what to do. */
async function openTerminal(docker: DockerEngine, request: ShellRequest, mark: string, { name: containerName, pid }: { name: string, pid: number | null }, outer: AbortSignal): Promise<Terminal> {
  const { containerId, shell, user, workingDirectory, columns, rows } = request
  const refused = (error: unknown): never => { throw inPlainWords(error, containerName) }
  const execId = await docker.createExec(containerId, { command: [shell], user, workingDirectory, environment: [mark], streams: 'terminal' }, outer).catch(refused)
  const stream = await docker.startTerminal(execId, outer).catch(refused)
  const reading = readingOf(stream)
  const end = (): Promise<void> => hangUp({ docker, containerId, execId, shell, user, mark, type: keys => void stream.write(keys) })
  try {
    await untilStarted(docker, execId, reading, request, containerName, outer)
    await docker.resizeExec(execId, columns, rows, outer).catch(() => {})
  }
  catch (error) {
    // It may run all the same, where nobody waited until it was known to.
    await end()
    stream.destroy()
    throw error
  }
  return {
    ...reading,
    resize: (size, signal) => docker.resizeExec(execId, size.columns, size.rows, signal),
    end,
    howItEnded: async (signal) => {
      const { Running, ExitCode } = await untilOr(EXIT_MS, () => docker.inspectExec(execId, signal), exec => !exec.Running, signal)
      // When its first process ends, the kernel kills all others (pid_namespaces(7)); the engine says so a little later.
      const waitMs = ExitCode === KILLED ? EXIT_MS : 0
      return { exitCode: Running ? null : ExitCode, isContainerGone: await untilOr(waitMs, () => hasLeft(docker, containerId, pid, signal), isSo => isSo, signal) }
    },
  }
}

/** It runs, or ran, when it has a PID: the engine calls it running before it is (moby, daemon/exec.go). */
async function untilStarted(docker: DockerEngine, execId: string, { output, first }: ReturnType<typeof readingOf>, { shell }: ShellRequest, containerName: string, outer: AbortSignal): Promise<void> {
  const until = performance.now() + START_MS
  while (performance.now() < until) {
    await Promise.race([first, wait(POLL_MS, undefined, { signal: outer })])
    const status = await docker.inspectExec(execId, outer)
    // Only where the engine tells no PID: else nobody waits for a word of it.
    const said = hasEnded(status) && status.Pid === undefined ? String((await first).value ?? '') : ''
    if (hasBegun(status) && hadProcess(status, said))
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
