import { ProblemError } from '../../shared/model/problem'
import { sandboxOf } from '../../shared/analysis/sandbox'
import { describeEngine } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import { chooseKernel, type KernelSources } from './choose-kernel'
import { runningContainer } from './kernel-view'

interface Asked {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  readonly containerId: string
  readonly signal: AbortSignal
}

/**
 * The container's first process and who can look through its root. Throws ProblemError: CONTAINER_NOT_RUNNING, FILES_IN_SANDBOX,
 * KERNEL_NOT_LOCAL.
 */
export async function findRoot({ docker, sources, containerId, signal }: Asked): Promise<{ proc: ProcSource, hostPid: number }> {
  const raw = await docker.inspect(containerId, signal)
  const { Name, State: { Pid: hostPid }, HostConfig } = raw
  if (!hostPid)
    throw new ProblemError({ code: 'CONTAINER_NOT_RUNNING', what: 'The container does not run, so its folders cannot be opened one by one.', fix: 'Start it with `docker start`, then open the folder again.' })
  const engine = describeEngine(docker.endpoint, await docker.version(signal), await docker.info(signal))
  const sandbox = sandboxOf({ runtime: HostConfig.Runtime }, engine)
  if (sandbox !== null)
    throw new ProblemError({ code: 'FILES_IN_SANDBOX', what: `The container's folders cannot be opened from outside, since ${sandbox.because}.`, fix: 'Look at them from inside: docker exec <container> ls' })
  const { kernel } = await chooseKernel(sources, { engine, endpoint: docker.endpoint, running: [runningContainer(raw, Name, hostPid)] }, signal)
  if (kernel.proc === null)
    throw new ProblemError({ code: 'KERNEL_NOT_LOCAL', what: 'The engine runs on another kernel: its containers\' folders cannot be opened from here.', fix: 'Let the helper container run on that engine, or run Isoscope on the engine\'s own machine.' })
  return { proc: kernel.proc, hostPid }
}
