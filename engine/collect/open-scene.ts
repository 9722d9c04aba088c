import { type Sandbox, sandboxOf } from '../../shared/analysis/sandbox'
import type { ContainerRef, ContainerState } from '../../shared/model/container'
import type { Problem } from '../../shared/model/problem'
import { ProblemError } from '../../shared/model/problem'
import { parseContainerDetail } from '../parse/docker-detail'
import { parseListedContainer } from '../parse/docker-list'
import { describeEngine, type RawInfo } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { chooseKernel, type KernelSources } from './choose-kernel'
import type { RunningContainer } from './kernel-view'
import { placeByMounts } from './place-by-mounts'
import { collectReported } from './reported'
import { type HostScan, scanHost } from './scan-host'
import type { Scene } from './scene'

/** A running container is proof enough; more than a few would only cost time. */
export const MAX_WITNESSES = 3

/** The states in which a container has processes. */
const RUNNING: ReadonlySet<ContainerState> = new Set(['running', 'paused', 'restarting', 'removing', 'unknown'])

export interface OpenedScene {
  readonly scene: Scene
  readonly info: RawInfo
  readonly problems: readonly Problem[]
}

/** Asks the engine what it knows of a container, and scans the processes of its machine. Throws ProblemError when it is not there. */
export async function openScene(docker: DockerEngine, sources: KernelSources, containerId: string, signal: AbortSignal): Promise<OpenedScene> {
  const [version, info, listed, raw] = await Promise.all([docker.version(signal), docker.info(signal), docker.list(signal), docker.inspect(containerId, signal)])
  const engine = describeEngine(docker.endpoint, version, info)
  const containers = listed.map(parseListedContainer)
  const own = containers.find(({ id }) => id === containerId)
  if (!own)
    throw new ProblemError({ code: 'CONTAINER_GONE', what: 'The container was removed while it was being looked at.', fix: 'Choose another container; `docker ps -a` lists them.' })
  const container = parseContainerDetail(raw, own)
  const containerNames = new Map(containers.map(({ id, name }) => [id, name]))
  const runningContainers = containers.filter(({ state }) => RUNNING.has(state))
  const running = container.hostPid === null
    ? await firstProcesses(docker, runningContainers.slice(0, MAX_WITNESSES), signal)
    : [{ id: container.id, name: container.name, hostPid: container.hostPid }]
  const { kernel, problems: kernelProblems } = await chooseKernel(sources, { engine, endpoint: docker.endpoint, running }, signal)
  const sandbox = sandboxOf(container, engine)
  const init: Scene['init'] = container.hostPid === null
    ? { proc: null, because: `the container is not running (${container.status || container.state}), so it has no process` }
    : sandbox !== null ? { proc: null, because: sandbox.because }
    : kernel.proc === null ? { proc: null, because: kernel.because } : { proc: kernel.proc, hostPid: container.hostPid }
  const base = { docker, engine, container, raw, containerNames, runningContainers, kernel, init, signal }
  const problems = [...kernelProblems, ...sandbox === null || container.hostPid === null ? [] : [inSandbox(container.name, sandbox)]]
  if (kernel.proc !== null) {
    const { scan, problems: scanProblems } = await scanOrProblem(kernel.proc, id => containerNames.has(id), signal)
    const isSeen = ({ id }: ContainerRef): boolean => scan?.processes.some(({ containerId }) => containerId === id) ?? true
    // Between two restarts it has no process, and is no neighbour.
    const unseen = await firstProcesses(docker, runningContainers.filter(one => !isSeen(one)), signal)
    const placed = scan === null || unseen.length === 0 ? scan : placeByMounts(scan, unseen)
    return { scene: { ...base, runningContainers: [...runningContainers.filter(isSeen), ...unseen], scan: placed, reported: null }, info, problems: [...problems, ...scanProblems] }
  }
  const reported = container.hostPid !== null && sandbox === null ? await collectReported(docker, container, runningContainers, signal) : null
  return reported !== null && 'because' in reported
    ? { scene: { ...base, scan: null, reported: null }, info, problems: [...problems, { code: 'PROCESSES_NOT_REPORTED', what: `The processes could not be listed: ${reported.because}.`, fix: 'Run Isoscope on the machine where the engine runs.' }] }
    : { scene: { ...base, scan: null, reported }, info, problems }
}

/** Not a failure of ours, and yet the reason why much is unknown. */
const inSandbox = (name: string, { saidBy, because }: Sandbox): Problem => ({
  code: 'CONTAINER_IN_SANDBOX',
  what: `Much of ${name} cannot be known from outside, since ${because} (${saidBy}).`,
  fix: `What is inside only its own kernel knows; ask there, where the image has the programs: docker exec ${name} ps`,
})

async function scanOrProblem(proc: ProcSource, isContainer: (id: string) => boolean, signal: AbortSignal): Promise<{ scan: HostScan | null, problems: Problem[] }> {
  try {
    const scan = await scanHost(proc, isContainer, signal)
    const { unreadCount } = scan
    return {
      scan,
      problems: unreadCount === 0
        ? []
        : [{ code: 'PROCESSES_PARTLY_UNREAD', what: `${unreadCount} ${unreadCount === 1 ? 'process' : 'processes'} could not be read, so there are more than were counted.`, fix: 'Take the snapshot again.' }],
    }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { scan: null, problems: [{ code: 'PROCESSES_NOT_LISTED', what: `The processes could not be listed: ${error.message}.`, fix: `See whether ${proc.root} is mounted and may be read.` }] }
    throw error
  }
}

/** PIDs as the engine gives them. */
export async function firstProcesses(docker: DockerEngine, running: readonly ContainerRef[], signal: AbortSignal): Promise<RunningContainer[]> {
  const witnesses = await Promise.all(running.map(async ({ id, name }) => {
    // One that has gone since it was listed is no witness; the others may still be.
    const raw = await docker.inspect(id, signal).catch(() => null)
    return raw?.State.Pid ? [{ id, name, hostPid: raw.State.Pid }] : []
  }))
  return witnesses.flat()
}
