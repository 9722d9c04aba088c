import { randomBytes } from 'node:crypto'
import type { Problem } from '../../shared/model/problem'
import { ProblemError } from '../../shared/model/problem'
import { type OutputLine, VIEW_LIMITS, type ViewSide } from '../../shared/model/two-views'
import { shellLine } from '../../shared/text/shell-quote'
import { inPlainWords } from '../actions/plain-words'
import { collectOutput, environmentLines } from '../parse/program-output'
import { readFrames } from '../parse/stream-frames'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import { endExec, type RunningExec } from './end-exec'
import { AS_THE_CONTAINER, hadProcess, hasBegun, hasEnded, SETTLED_WITHIN_MS, untilExec, within } from '../actions/exec-status'

export interface InsideRun {
  readonly docker: DockerEngine
  readonly containerId: string
  readonly name: string
  readonly argv: readonly string[]
  /** procfs of the engine's kernel; null: it cannot be read, or does not show what runs inside. */
  readonly proc: ProcSource | null
  /** What to do where the image has no such program. */
  readonly ifMissing: string
  /** Only names are told of what it writes: it is an environment. */
  readonly isEnvironment: boolean
  readonly record: RunningExec['record']
}

/** The name of the variable by which an exec is found inside, where nobody outside can see its processes. */
const MARKER = 'ISOSCOPE_RUN'

/**
 * Runs a program in a container as `docker exec` does, without a terminal, up to the limits, and until whoever asked has left; then it is
 * ended. What the engine or the image refuse is the side's problem. Throws ProblemError when the engine is away or the container gone.
 */
export async function runInside(run: InsideRun, asker: AbortSignal): Promise<ViewSide> {
  const { docker, containerId, name, argv, proc, isEnvironment, record } = run
  const marker = proc === null && !isEnvironment ? `${MARKER}=${randomBytes(8).toString('hex')}` : null
  const command = `docker exec ${marker === null ? '' : `--env ${marker} `}${name} ${shellLine(argv)}`
  const startedAt = performance.now()
  let side: Omit<ViewSide, 'tookMs'> = { how: 'ran', command, lines: [], exitCode: null, endedAt: null, pid: null, note: null, problem: null }
  asker.throwIfAborted()
  try {
    await record(command, async () => {
      const execId = await docker.createExec(containerId, { ...AS_THE_CONTAINER, command: argv, environment: marker === null ? [] : [marker] }, new AbortController().signal)
      const exec: RunningExec = { docker, containerId, execId, marker, proc, record, name }
      const { output, endedAt } = await follow(docker, execId, asker).catch(async (error: unknown) => {
        // It may run, though its output was lost on the way. Of an engine that is gone nothing more can be asked.
        await endExec(exec).catch(() => {})
        throw error
      })
      const status = await untilExec(docker, execId, endedAt === null ? hasEnded : hasBegun, within(SETTLED_WITHIN_MS))
      const started = hadProcess(status, output.lines().map(({ text }) => text).join('\n'))
      const problem = started ? await endedProblem(exec, endedAt !== null) : notStarted(run, output.lines())
      side = {
        ...side,
        lines: started ? isEnvironment ? [...environmentLines(output.stdout()), ...output.lines().filter(({ stream }) => stream === 'stderr')] : output.lines() : [],
        exitCode: started && endedAt === null ? status.ExitCode : null,
        endedAt: endedAt === 'asker' ? null : endedAt,
        pid: status.Pid || null,
      }
      if (problem)
        throw new ProblemError(problem)
      return null
    })
  }
  catch (error) {
    const plain = inPlainWords(error, name)
    if (!(plain instanceof ProblemError) || AWAY.has(plain.problem.code))
      throw plain
    side = { ...side, problem: plain.problem }
  }
  return { ...side, tookMs: performance.now() - startedAt }
}

/** Not about the command. */
const AWAY: ReadonlySet<string> = new Set(['ENGINE_UNREACHABLE', 'ENGINE_ASLEEP', 'ENGINE_SWITCHED', 'CONTAINER_GONE'])

type EndedAt = ViewSide['endedAt'] | 'asker'

/** What it writes, and how it ends: by itself, at a limit, or when the asker leaves. */
async function follow(docker: DockerEngine, execId: string, asker: AbortSignal): Promise<{ output: ReturnType<typeof collectOutput>, endedAt: EndedAt }> {
  const output = collectOutput()
  const readChunk = readFrames(header => new ProblemError({ code: 'EXEC_BROKEN', what: `The engine sent what is no output: a frame of it begins with ${header}.`, fix: 'See the engine\'s log, and try again.' }))
  const stop = new AbortController()
  let endedAt: EndedAt = null
  let hasBegun = false
  /** Not before the engine has answered: until then nobody could tell whether there is something to end. */
  const end = (by: EndedAt): void => {
    endedAt ??= by
    if (hasBegun)
      stop.abort()
  }
  const onAsker = (): void => end('asker')
  const timer = setTimeout(end, VIEW_LIMITS.ms, 'time')
  asker.addEventListener('abort', onAsker, { once: true })
  try {
    const body = await docker.startExec(execId, stop.signal)
    hasBegun = true
    if (endedAt !== null || asker.aborted)
      end('asker')
    for await (const chunk of body) {
      for (const { stream, bytes } of readChunk(chunk))
        output.add(stream === 'engine' ? 'stderr' : stream, bytes)
      if (output.isFull())
        end('size')
    }
    // One that has closed its output may run on.
    await untilExec(docker, execId, hasEnded, () => endedAt !== null)
  }
  catch (error) {
    if (!stop.signal.aborted)
      throw error
  }
  finally {
    clearTimeout(timer)
    asker.removeEventListener('abort', onAsker)
  }
  return { output, endedAt }
}

/** Ends what has to be ended; what could not be is a problem. */
async function endedProblem(exec: RunningExec, mustEnd: boolean): Promise<Problem | null> {
  if (!mustEnd)
    return null
  try {
    await endExec(exec)
    return null
  }
  catch (error) {
    if (error instanceof ProblemError)
      return error.problem
    throw error
  }
}

/** The engine writes why into the output (moby, daemon/exec.go), in the runtime's words. */
function notStarted({ name, argv, ifMissing }: InsideRun, lines: readonly OutputLine[]): Problem {
  const words = lines.map(({ text }) => text).join(' ').slice(0, 1000)
  const [program = ''] = argv
  if (/executable file .*not found|no such file or directory/i.test(words))
    return { code: 'PROGRAM_MISSING', what: `The image of ${name} has no program ${program}.`, fix: ifMissing }
  if (/permission denied/i.test(words))
    return { code: 'PROGRAM_NOT_ALLOWED', what: `${program} may not be run in ${name}.`, fix: 'Name a program that the container’s user may run.' }
  return { code: 'EXEC_FAILED', what: `The engine could not start it: ${words}`, fix: 'See the engine\'s log, and try again.' }
}
