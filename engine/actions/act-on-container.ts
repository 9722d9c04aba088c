import type { LifecycleVerb } from '../../shared/model/action'
import { ProblemError } from '../../shared/model/problem'
import { LIFECYCLE, lifecycleCommand } from '../../shared/text/lifecycle-words'
import { HELPER_LABEL } from '../sources/action-gate'
import type { DockerEngine } from '../sources/docker'
import type { ActionLog } from './action-log'
import { inPlainWords, pausedInPlainWords } from './plain-words'

interface ActOptions {
  readonly docker: DockerEngine
  readonly log: ActionLog
  readonly containerId: string
  readonly verb: LifecycleVerb
}

/**
 * Does to a container what the docker command of that name does, and records it. It is not taken back when whoever asked goes away:
 * the engine goes on with what it has begun. Throws ProblemError with the engine's words and what to do.
 */
export async function actOnContainer({ docker, log, containerId, verb }: ActOptions, signal: AbortSignal): Promise<void> {
  const { Name, Config, State } = await docker.inspect(containerId, signal)
  if (Config.Labels.has(HELPER_LABEL))
    throw new ProblemError({ code: 'CONTAINER_IS_HELPER', what: 'That is Isoscope’s own helper container.', fix: 'Forbid it on the engine’s page; then it ends.' })
  const name = Name.replace(/^\//, '')
  const container = { id: containerId, name }
  const inWords = State.Status === 'paused' ? pausedInPlainWords : inPlainWords
  await log.record({ engine: docker.endpoint.address, command: lifecycleCommand(verb, name) }, async () => {
    await docker.lifecycle(verb, containerId, new AbortController().signal).catch((error: unknown) => { throw inWords(error, name) })
    const { undo } = LIFECYCLE[verb]
    return undo === null ? null : { verb: undo, container }
  })
}
