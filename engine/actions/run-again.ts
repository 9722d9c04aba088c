import type { Knob } from '../../shared/model/knob'
import { ProblemError } from '../../shared/model/problem'
import type { RanSibling } from '../../shared/model/run-context'
import type { RunPlan } from '../../shared/model/run-plan'
import { isTurned, knobFlag } from '../../shared/run/knobs'
import { withHiddenValues } from '../../shared/run/hidden-values'
import { flagDifference } from '../../shared/run/run-line'
import { siblingPlan } from '../../shared/run/sibling'
import { readContainerPlan } from '../container-plan'
import { parseListedContainer } from '../parse/docker-list'
import type { DockerEngine } from '../sources/docker'
import { isGone } from '../sources/engine-failure'
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
export async function runAgain({ docker, log, containerId, knob }: AgainOptions, signal: AbortSignal): Promise<RanSibling> {
  const [{ plan }, listed] = await Promise.all([readContainerPlan(docker, containerId, signal), docker.list(signal)])
  if (isTurned(plan, knob))
    throw new ProblemError({ code: 'FLAG_IS_SET', what: `${plan.name} has ${knobFlag(knob)} already.`, fix: 'Choose another flag, or another value.' })
  const inUse = new Set(listed.map(container => parseListedContainer(container).name))
  const asked = siblingPlan(plan, knob, inUse)
  const ran = await runContainer({ docker, log, plan: asked, hides: () => true })
  return { ...ran, otherwise: await madeOtherwise(docker, ran.containerId, asked, signal) }
}

/** An engine may have defaults that it does not tell, and discards what its kernel cannot do: looked at afterwards, as nothing but the flag is to be another. */
async function madeOtherwise(docker: DockerEngine, containerId: string, asked: RunPlan, signal: AbortSignal): Promise<string[]> {
  try {
    const { plan: made } = await readContainerPlan(docker, containerId, signal)
    const { onlyA, onlyB } = flagDifference(withHiddenValues(asked, () => true), withHiddenValues(made, () => true))
    return [...onlyA.map(flag => `It was made without ${flag}.`), ...onlyB.map(flag => `It was made with ${flag}.`)]
  }
  catch (error) {
    // It is gone already, which is for the list of containers to show.
    if (isGone(error))
      return []
    throw error
  }
}
