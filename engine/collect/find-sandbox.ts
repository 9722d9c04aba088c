import { type Sandbox, sandboxOf } from '../../shared/analysis/sandbox'
import type { RawInspect } from '../parse/docker-inspect'
import { runtimesOf } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'

/** The sandbox that a container runs in: what this machine's kernel knows of its first process is then not of the container. */
export const findSandbox = async (docker: DockerEngine, { HostConfig }: RawInspect, signal: AbortSignal): Promise<Sandbox | null> =>
  sandboxOf({ runtime: HostConfig.Runtime }, { runtimes: runtimesOf(await docker.info(signal)) })
