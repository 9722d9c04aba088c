import { parseListedContainer } from '../parse/docker-list'
import { describeEngine } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import { chooseKernel } from './choose-kernel'
import { firstProcesses, MAX_WITNESSES } from './open-scene'

/** Whether this computer's procfs leaves something unread that a helper container on the engine would read. Throws ProblemError. */
export async function wouldReadMore(docker: DockerEngine, local: ProcSource, signal: AbortSignal): Promise<boolean> {
  const [version, info, listed] = await Promise.all([docker.version(signal), docker.info(signal), docker.list(signal)])
  const running = await firstProcesses(docker, listed.map(parseListedContainer).filter(({ state }) => state === 'running').slice(0, MAX_WITNESSES), signal)
  let isAsked = false
  const helper = async (): Promise<null> => {
    isAsked = true
    return null
  }
  await chooseKernel({ local, helper }, { engine: describeEngine(docker.endpoint, version, info), endpoint: docker.endpoint, running }, signal)
  return isAsked
}
