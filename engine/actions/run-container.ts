import { ProblemError } from '../../shared/model/problem'
import type { RanContainer } from '../../shared/model/run-context'
import type { RunPlan } from '../../shared/model/run-plan'
import { withHiddenValues } from '../../shared/run/hidden-values'
import { runLine } from '../../shared/run/run-line'
import { looksSecret } from '../../shared/text/secret-names'
import type { DockerEngine } from '../sources/docker'
import { isGone } from '../sources/engine-failure'
import type { ActionLog } from './action-log'
import { runInPlainWords } from './run-words'

interface RunOptions {
  readonly docker: DockerEngine
  readonly log: ActionLog
  readonly plan: RunPlan
  /** Whose values are left out of what is recorded, by their names; those that look like secrets, if not given. */
  readonly hides?: (variableName: string) => boolean
}

/** How long a container is watched for ending at once: what cannot run mostly says so by then, and nobody waits longer for an answer. */
const SETTLES_MS = 400

/**
 * Makes and starts a container as `docker run` does with the equal line, in the background whatever the plan says: nobody is attached here.
 * One that was made and does not start is removed again. What is recorded is shown to every page, and so without values. Throws ProblemError with the engine's words and what to do.
 */
export async function runContainer({ docker, log, plan, hides = looksSecret }: RunOptions): Promise<RanContainer> {
  const signal = new AbortController().signal
  let ran: RanContainer | undefined
  await log.record({ engine: docker.endpoint.address, command: runLine(withHiddenValues(plan, hides)) }, async () => {
    const { Id: id, Warnings: warnings } = await docker.create(plan, signal).catch((error: unknown) => { throw runInPlainWords(error, plan.name) })
    const { name, runtime } = await start(docker, id, plan, signal)
    ran = { containerId: id, name, warnings: [...warnings, ...plan.runtime === '' || plan.runtime === runtime ? [] : [otherRuntime(plan.runtime)]], ended: await endedAtOnce(docker, id, signal) }
    return { verb: 'stop', container: { id, name } }
  })
  if (ran === undefined)
    throw new Error('an action was recorded as done and gave nothing')
  return ran
}

/** Podman takes no runtime over its Docker API, says nothing of that, and calls the one that it takes `oci` (4.3). */
const otherRuntime = (name: string): string => `The engine does not say that it runs it with ${name}: it may run it as it runs every other container, without what that runtime would keep apart.`

/** Gives the container's name, which the engine makes up where the plan has none, and the runtime that the engine says. */
async function start(docker: DockerEngine, id: string, plan: RunPlan, signal: AbortSignal): Promise<{ name: string, runtime: string }> {
  try {
    const { Name, HostConfig } = await docker.inspect(id, signal)
    await docker.start(id, signal)
    return { name: Name.replace(/^\//, ''), runtime: HostConfig.Runtime }
  }
  catch (error) {
    const plain = runInPlainWords(error, plan.name)
    // With --rm the engine may have removed it already.
    const isLeft = await docker.remove(id, signal).then(() => false, (failure: unknown) => !isGone(failure))
    if (!isLeft || !(plain instanceof ProblemError))
      throw plain
    const { code, what, fix } = plain.problem
    throw new ProblemError({ code, what: `${what} The container that was made for it is still there.`, fix: `${fix} Remove it with: docker rm --force ${id.slice(0, 12)}` }, { cause: error })
  }
}

async function endedAtOnce(docker: DockerEngine, id: string, signal: AbortSignal): Promise<RanContainer['ended']> {
  const settled = AbortSignal.timeout(SETTLES_MS)
  try {
    const events = await docker.eventsOf(id, settled)
    if (await endOf(docker, id, settled) === null) {
      for await (const { Action } of events) {
        if (Action === 'die')
          break
      }
    }
  }
  catch {
    // It has not ended within the time; what it is now is asked for all the same.
  }
  return endOf(docker, id, signal)
}

async function endOf(docker: DockerEngine, id: string, signal: AbortSignal): Promise<RanContainer['ended']> {
  try {
    const { State } = await docker.inspect(id, signal)
    return ['exited', 'dead', 'removing'].includes(State.Status) ? { exitCode: State.ExitCode ?? null } : null
  }
  catch (error) {
    if (isGone(error))
      return { exitCode: null }
    throw error
  }
}
