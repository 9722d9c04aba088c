import type { HelperStatus } from '../shared/model/helper'
import { type Problem, ProblemError } from '../shared/model/problem'
import { INITIAL_INODES } from './collect/initial-namespaces'
import { readNamespaces } from './collect/scan-host'
import type { DockerEngine } from './sources/docker'
import { removeHelperContainer, startHelperContainer } from './sources/helper/container'
import { greet, helperProc } from './sources/helper/helper-proc'
import type { Owner } from './sources/owner'
import { type HelperSession, openSession } from './sources/helper/session'
import { type ProcSource, Unreadable } from './sources/proc-source'
import { untilAborted } from './until-aborted'

/** On which engines a person allowed the helper container: by their ids, or on whatever engine is asked. */
export type HelperPermission = 'every' | readonly string[]

/** The helper container of the engine that is asked: one, started when it is first needed. */
export interface Helper {
  /** From now on these engines alone; on another one it ends at once. One that was refused may be tried again. */
  readonly permit: (engines: HelperPermission) => void
  /** Reads the engine's machine; null: the person did not allow it there. Throws ProblemError when it cannot run. */
  readonly open: (docker: DockerEngine, signal: AbortSignal) => Promise<ProcSource | null>
  /** What is known without starting it. */
  readonly status: (docker: DockerEngine, signal: AbortSignal) => Promise<HelperStatus>
  readonly end: () => Promise<void>
}

interface Running {
  readonly docker: DockerEngine
  readonly containerId: string
  readonly session: HelperSession
  readonly proc: ProcSource
}

interface Current {
  readonly engineId: string
  readonly started: Promise<Running>
  running: Running | null
}

/** Whoever asks first does not decide for the others how long is waited. */
const START_MS = 60_000
/** One that ends while it is asked something is started again, but not twice within this. */
const BETWEEN_DEATHS_MS = 60_000

export function createHelper({ owner, now }: { readonly owner: Owner, readonly now: () => Date }): Helper {
  let permitted: HelperPermission = []
  let current: Current | null = null
  let refusal: { readonly engineId: string, readonly problem: Problem } | null = null
  let diedAtMs = Number.NEGATIVE_INFINITY

  const isPermitted = (engineId: string): boolean => permitted === 'every' || permitted.includes(engineId)

  function start(engineId: string, docker: DockerEngine): Current {
    const made: Current = { engineId, started: startHelper(docker, owner, now().getTime()), running: null }
    made.started.then((running) => {
      made.running = running
      void running.session.ended.then(({ because, wasBusy }) => {
        if (current !== made)
          return
        current = null
        if (!wasBusy)
          return
        const isAgain = performance.now() - diedAtMs < BETWEEN_DEATHS_MS
        diedAtMs = performance.now()
        if (isAgain)
          refusal = { engineId, problem: notRunning(`it ended twice within a minute: ${because}`).problem }
      })
    }, (error: unknown) => {
      if (current !== made)
        return
      current = null
      if (error instanceof ProblemError && error.problem.code === 'HELPER_REFUSED')
        refusal = { engineId, problem: error.problem }
    })
    return made
  }

  async function end(): Promise<void> {
    const ended = current
    current = null
    const running = await ended?.started.catch(() => null)
    if (!running)
      return
    running.session.end('Isoscope ended it')
    await removeHelperContainer(running.docker, running.containerId)
  }

  async function open(docker: DockerEngine, signal: AbortSignal): Promise<ProcSource | null> {
    const engineId = await engineIdOf(docker, signal)
    if (!isPermitted(engineId))
      return null
    if (refusal?.engineId === engineId)
      throw new ProblemError(refusal.problem)
    if (current !== null && current.engineId !== engineId)
      void end()
    current ??= start(engineId, docker)
    return (await untilAborted(current.started, signal)).proc
  }

  async function status(docker: DockerEngine, signal: AbortSignal): Promise<HelperStatus> {
    const engineId = await engineIdOf(docker, signal)
    const base = { engineId, containerId: null }
    if (!isPermitted(engineId))
      return { ...base, state: 'off', because: 'it is not allowed on this engine' }
    if (refusal?.engineId === engineId)
      return { ...base, state: 'refused', because: refusal.problem.what }
    return current?.engineId === engineId && current.running !== null
      ? { ...base, state: 'running', because: null, containerId: current.running.containerId }
      : { ...base, state: 'ready', because: 'it starts with the next question that needs it' }
  }

  return {
    open,
    status,
    end,
    permit: (engines) => {
      permitted = engines
      refusal = null
      if (current !== null && !isPermitted(current.engineId))
        void end()
    },
  }
}

/** An engine that has no id of its own, or another one each time, is known by its address. */
async function engineIdOf(docker: DockerEngine, signal: AbortSignal): Promise<string> {
  const { ID, BuildahVersion } = await docker.info(signal)
  return ID === '' || BuildahVersion !== '' ? docker.endpoint.address : ID
}

/** Throws ProblemError: HELPER_REFUSED with the engine's words, or that the engine went away. */
async function startHelper(docker: DockerEngine, owner: Owner, nowMs: number): Promise<Running> {
  const { id, stream } = await startHelperContainer(docker, owner, nowMs, AbortSignal.timeout(START_MS)).catch((error: unknown) => {
    if (error instanceof DOMException)
      throw notRunning(`it did not start within ${START_MS / 1000} s`)
    throw error instanceof ProblemError && error.problem.code !== 'ENGINE_UNREACHABLE' ? notRunning(error.problem.what) : error
  })
  const session = openSession(stream)
  try {
    const hello = await greet(session)
    const runtime = await helperProc(session, hello, new Set()).readText(`${hello.parentPid}/cmdline`)
    // One runtime's process may hold more than this container: then it is not there for the helper alone.
    const own = new Set(runtime?.includes(id) ? [hello.pid, hello.parentPid] : [hello.pid])
    const proc = helperProc(session, hello, own)
    if (!await isOfTheMachinesUsers(proc))
      throw notRunning('it is in a user namespace below the machine\'s own there, as all containers of a rootless engine are, so it would read that namespace\'s ids for the machine\'s')
    return { docker, containerId: id, session, proc }
  }
  catch (error) {
    session.end('it did not answer')
    await removeHelperContainer(docker, id)
    throw error instanceof Unreadable ? notRunning(error.message) : error
  }
}

/** Its own user namespace is the kernel's first one, or that of the machine's first process (in an LXC container, say). */
async function isOfTheMachinesUsers(proc: ProcSource): Promise<boolean> {
  const { user } = await readNamespaces(proc, 'self')
  return user !== undefined && (user === INITIAL_INODES.user || user === (await readNamespaces(proc, 1)).user)
}

const notRunning = (why: string): ProblemError => new ProblemError({
  code: 'HELPER_REFUSED',
  what: `Isoscope's helper container does not run on this engine: ${why.replace(/\.$/, '')}.`,
  fix: 'What it alone could read stays unknown. When whoever manages the engine lets it run, allow it again.',
})
