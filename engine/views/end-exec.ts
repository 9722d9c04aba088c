import { setTimeout as wait } from 'node:timers/promises'
import type { Intent } from '../../shared/model/action'
import { ProblemError } from '../../shared/model/problem'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import { AS_THE_CONTAINER, hadProcess, hasBegun, hasEnded, SETTLED_WITHIN_MS, untilExec, within } from '../actions/exec-status'
import { runToEnd } from '../actions/run-to-end'
import { signalMarked } from '../actions/signal-marked'
import { shellLine } from '../../shared/text/shell-quote'
import { membersOfExec } from './session-members'

export interface RunningExec {
  readonly docker: DockerEngine
  readonly containerId: string
  readonly execId: string
  /** What its environment has, where it was given one by which it can be found. */
  readonly marker: string | null
  /** procfs of the engine's kernel; null: it cannot be read. */
  readonly proc: ProcSource | null
  readonly record: (command: string, act: () => Promise<Intent | null>) => Promise<void>
  readonly name: string
}

const LOOK_MS = 20
/** A process may start another one while it is looked for. */
const ROUNDS = 5

/**
 * Ends what an exec started: SIGKILL to the processes of its session. The engine has no request for that, so it is done from here where
 * these are processes of this computer and may be signalled, else inside, with the `kill` that is there. Throws ProblemError EXEC_STILL_RUNS.
 */
export async function endExec(exec: RunningExec): Promise<void> {
  const { docker, execId, containerId, proc, marker, name } = exec
  const { Pid: leader } = await untilExec(docker, execId, hasBegun, within(SETTLED_WITHIN_MS))
  if (proc === null || leader === undefined || leader === 0) {
    if (marker !== null)
      await killByMarker(exec, marker)
    return untilEnded(exec)
  }
  const { State } = await docker.inspect(containerId, new AbortController().signal)
  const place = { containerId, firstPid: State.Pid ?? 0, leader }
  const isOurs = proc.step !== 'helper' && await proc.readLink('self') === String(process.pid)
  for (let round = 0; round < ROUNDS; round += 1) {
    const members = await membersOfExec(proc, place)
    if (members.length === 0)
      return untilEnded(exec)
    const isRefused = !isOurs || !await signalled(exec, members.map(({ pid }) => pid))
    if (isRefused)
      await killInside(exec, members.map(({ pidInside }) => pidInside))
    await wait(LOOK_MS)
  }
  throw stillRuns(name)
}

/** Kills processes of this computer; false: it may not. */
async function signalled({ record }: RunningExec, pids: readonly number[]): Promise<boolean> {
  let isAllowed = true
  await record(`kill -9 ${pids.join(' ')}`, async () => {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      }
      catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : null
        // ESRCH: it has ended by itself.
        isAllowed &&= code !== 'EPERM'
      }
    }
    if (!isAllowed)
      throw new ProblemError({ code: 'KILL_NOT_ALLOWED', what: 'Isoscope’s user may not end them from here.', fix: 'They are ended inside.' })
    return null
  }).catch((error: unknown) => {
    if (!(error instanceof ProblemError))
      throw error
  })
  return isAllowed
}

/** By their numbers inside; with the shell's own `kill` where there is no program of that name. */
async function killInside(exec: RunningExec, pids: readonly number[]): Promise<void> {
  const kill = ['kill', '-9', ...pids.map(String)]
  if (!await hasRun(exec, kill))
    await hasRun(exec, ['sh', '-c', kill.join(' ')])
}

/** Every process that has the marker in its environment; the `sh` that looks has it among its arguments alone. */
const killByMarker = (exec: RunningExec, marker: string): Promise<boolean> =>
  hasRun(exec, signalMarked('sh', marker, 'KILL'))

/** Whether the image has that program. What it says is of no interest: whether they have ended is seen. */
async function hasRun({ docker, containerId, record, name }: RunningExec, argv: readonly string[]): Promise<boolean> {
  const { signal } = new AbortController()
  let hasStarted = false
  await record(`docker exec ${name} ${shellLine(argv)}`, async () => {
    const { status, said } = await runToEnd(docker, containerId, { ...AS_THE_CONTAINER, command: argv, environment: [] }, signal)
    hasStarted = hadProcess(status, said)
    return null
  })
  return hasStarted
}

async function untilEnded({ docker, execId, name }: RunningExec): Promise<void> {
  if (!hasEnded(await untilExec(docker, execId, hasEnded, within(SETTLED_WITHIN_MS))))
    throw stillRuns(name)
}

const stillRuns = (name: string): ProblemError => new ProblemError({
  code: 'EXEC_STILL_RUNS',
  what: `It was told to end, and still runs in ${name}: neither this computer nor a \`kill\` inside can end it.`,
  fix: `End it yourself: \`docker top ${name}\` has its number on the engine's machine; \`docker restart ${name}\` ends all of them.`,
})
