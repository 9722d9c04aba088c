import { KERNEL_ARGV } from '../../shared/lab/lab-commands'
import { labPlan } from '../../shared/lab/lab-plan'
import type { LabFacts } from '../../shared/model/lab'
import { ProblemError } from '../../shared/model/problem'
import type { RanContainer } from '../../shared/model/run-context'
import type { RunPlan } from '../../shared/model/run-plan'
import type { ViewSide } from '../../shared/model/two-views'
import { runContainer } from '../actions/run-container'
import type { DockerEngine } from '../sources/docker'
import { ourContainers } from './our-things'
import { removeContainer } from './remove-ours'
import type { LabBench } from './bench'

/** Runs the lab's container, in place of the one before, and asks both sides for their kernel. */
export async function runLabContainer(bench: LabBench): Promise<LabFacts> {
  const { docker, lab, change, runView, takeSnapshot, signal } = bench
  const { containerId } = await runOurs(bench, labPlan(lab().name))
  change({ containerId })
  const { container } = await runView(containerId, { argv: KERNEL_ARGV }, signal)
  const { host } = await takeSnapshot(containerId, signal)
  return { step: 'run', containerId, kernelInside: firstLine(container), kernelHost: host.kernelVersion || null, tookMs: await startMs(docker, containerId, signal) }
}

/** From when it was made until its first process ran, by the engine's own clock; null: it does not say. */
async function startMs(docker: DockerEngine, containerId: string, signal: AbortSignal): Promise<number | null> {
  const { Created, State } = await docker.inspect(containerId, signal)
  const ms = Date.parse(State.StartedAt) - Date.parse(Created)
  return ms >= 0 ? ms : null
}

/** Runs a plan of the lab's image, in place of the lab's own container of that name. Throws ProblemError LAB_… where the image is gone or has no shell. */
export async function runOurs({ docker, log, lab, signal }: LabBench, plan: RunPlan): Promise<RanContainer> {
  const { labels, baseImage } = lab()
  for (const { id, name } of await ourContainers(docker, labels, signal)) {
    if (name === plan.name)
      await removeContainer({ docker, log }, id, name)
  }
  const ran = await runContainer({ docker, log, plan }).catch((error: unknown) => { throw labProblem(error, plan.name, baseImage ?? '') })
  if (ran.ended !== null)
    throw new ProblemError({ code: 'LAB_CONTAINER_ENDED', what: `The container ended again at once${ran.ended.exitCode === null ? '' : ` with exit code ${ran.ended.exitCode}`}.`, fix: 'Build the image from another one, then run it again.' })
  return ran
}

function labProblem(error: unknown, name: string, baseImage: string): unknown {
  const code = error instanceof ProblemError ? error.problem.code : ''
  if (code === 'IMAGE_MISSING')
    return new ProblemError({ code: 'LAB_IMAGE_GONE', what: 'The lab’s image is not there any more: somebody removed it.', fix: 'Build it again.' }, { cause: error })
  if (code === 'NAME_IN_USE')
    return new ProblemError({ code: 'LAB_NAME_IN_USE', what: `Another container, not the lab’s, is called ${name} already.`, fix: 'Remove or rename that one; or end the lab and begin again, under another name.' }, { cause: error })
  if (code === 'PROGRAM_MISSING')
    return new ProblemError({ code: 'LAB_WITHOUT_SHELL', what: `${baseImage} has no shell, so the lab’s program cannot start.`, fix: 'Build the image again, from one that has a shell.' }, { cause: error })
  if (code === 'USERS_ARE_MAPPED' || code === 'HOST_PROCESSES_REFUSED')
    return new ProblemError({ code: 'LAB_FLAG_REFUSED', what: 'This engine runs no container with that flag: it maps its containers’ users, or has not the rights of root itself.', fix: 'Go on with the next step: this one cannot be done here.' }, { cause: error })
  return error
}

/** The container of the steps, which has to be there and to run. Throws ProblemError LAB_CONTAINER_GONE or LAB_CONTAINER_ENDED. */
export async function runningContainer({ docker, lab, signal }: LabBench): Promise<string> {
  const { containerId } = lab()
  const gone = new ProblemError({ code: 'LAB_CONTAINER_GONE', what: 'The lab’s container is not there any more: somebody removed it.', fix: 'Run it again.' })
  if (containerId === null)
    throw gone
  const { State } = await docker.inspect(containerId, signal).catch((error: unknown) => { throw error instanceof ProblemError && error.problem.code === 'CONTAINER_GONE' ? gone : error })
  if (State.Status === 'paused')
    throw new ProblemError({ code: 'LAB_CONTAINER_PAUSED', what: 'The lab’s container is paused: its processes are frozen.', fix: 'Unpause it in the list of containers, or run it again.' })
  if (State.Status !== 'running')
    throw new ProblemError({ code: 'LAB_CONTAINER_ENDED', what: `The lab’s container does not run any more (exit code ${State.ExitCode ?? 'unknown'}).`, fix: 'Run it again.' })
  return containerId
}

/** What a program said first; null where it did not end well. */
export const firstLine = ({ exitCode, lines }: ViewSide): string | null =>
  exitCode === 0 ? lines.find(({ stream }) => stream === 'stdout')?.text ?? null : null
