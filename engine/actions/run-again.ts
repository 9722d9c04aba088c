import type { Knob } from '../../shared/model/knob'
import { ProblemError } from '../../shared/model/problem'
import type { RanContainer } from '../../shared/model/run-context'
import { isTurned, knobFlag } from '../../shared/run/knobs'
import { siblingPlan } from '../../shared/run/sibling'
import { readContainerPlan } from '../container-plan'
import { parseListedContainer } from '../parse/docker-list'
import type { DockerEngine } from '../sources/docker'
import type { ActionLog } from './action-log'
import { runContainer } from './run-container'

interface AgainOptions {
  readonly docker: DockerEngine
  readonly log: ActionLog
  readonly containerId: string
  readonly knob: Knob
}

/**
 * Runs a sibling of a container with one flag changed. What the container was made of is read anew, so that the values of its environment never leave this process: none of
 * them is recorded either. Throws ProblemError with the engine's words and what to do.
 */
export async function runAgain({ docker, log, containerId, knob }: AgainOptions, signal: AbortSignal): Promise<RanContainer> {
  const [{ plan }, listed] = await Promise.all([readContainerPlan(docker, containerId, signal), docker.list(signal)])
  if (isTurned(plan, knob))
    throw new ProblemError({ code: 'FLAG_IS_SET', what: `${plan.name} has ${knobFlag(knob)} already.`, fix: 'Choose another flag, or another value.' })
  const inUse = new Set(listed.map(container => parseListedContainer(container).name))
  return runContainer({ docker, log, plan: siblingPlan(plan, knob, inUse), hides: () => true })
}
