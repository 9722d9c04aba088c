import { type Sandbox, sandboxOf } from '../../shared/analysis/sandbox'
import type { ContainerRef } from '../../shared/model/container'
import type { ContainerState } from '../../shared/model/container-state'
import type { Problem } from '../../shared/model/problem'
import { ProblemError } from '../../shared/model/problem'
import { parseContainerDetail } from '../parse/docker-detail'
import { parseListedContainer } from '../parse/docker-list'
import { describeEngine, isPodman, type RawInfo } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { chooseKernel, type KernelSources } from './choose-kernel'
import { inspectAll } from './inspect-all'
import { type RunningContainer, runningContainer } from './kernel-view'
import { createPlacer } from './place-by-descent'
import { collectReported } from './reported'
import { collectReportedByPodman } from './reported-by-podman'
import { type HostScan, scanHost } from './scan-host'
import type { ScannedProcess } from './scanned-process'
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
    : [runningContainer(raw, container.name, container.hostPid)]
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
    const placed = scan && withProcesses(scan, createPlacer(unseen).placeAll(scan.processes, () => null))
    // An ordinary user may not look at the namespaces of a process that is not its own; Docker's engine tells them to whoever may ask it.
    const isRefused = init.proc !== null && placed?.byPid.get(init.hostPid)?.namespaces.pid === undefined
    const told = !isRefused ? null : isPodman(engine) ? { because: 'Podman does not tell the namespaces of a process' } : await collectReported(docker, container, runningContainers, signal)
    const said = told === null ? { reported: null, unreportedBecause: null } : 'because' in told ? { reported: null, unreportedBecause: told.because } : { reported: told, unreportedBecause: null }
    return { scene: { ...base, ...said, runningContainers: [...runningContainers.filter(isSeen), ...unseen], unnamed: unseen, scan: placed }, info, problems: [...problems, ...scanProblems] }
  }
  const reported = container.hostPid === null || sandbox !== null
    ? null
    : isPodman(engine) ? await collectReportedByPodman(docker, container, signal) : await collectReported(docker, container, runningContainers, signal)
  return reported !== null && 'because' in reported
    ? { scene: { ...base, init: { proc: null, because: `${kernel.because}; and ${reported.because.trimEnd().replace(/\.+$/, '')}` }, unnamed: [], scan: null, reported: null, unreportedBecause: null }, info, problems: [...problems, { code: 'PROCESSES_NOT_REPORTED', what: `The processes could not be listed: ${reported.because}.`, fix: 'Run Isoscope on the machine where the engine runs.' }] }
    : { scene: { ...base, unnamed: [], scan: null, reported, unreportedBecause: null }, info, problems }
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
    const { incompleteBecause } = scan
    return {
      scan,
      problems: incompleteBecause === null
        ? []
        : [{ code: 'PROCESSES_PARTLY_UNREAD', what: `There are more processes than are listed, and how many is unknown: ${incompleteBecause}.`, fix: 'Run Isoscope as root on the engine\'s machine, or allow the helper container.' }],
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
  const raws = await inspectAll(docker, running, signal)
  // One that has gone since it was listed is no witness; the others may still be.
  return running.flatMap(({ name }, at) => {
    const raw = raws[at]
    return raw?.State.Pid ? [runningContainer(raw, name, raw.State.Pid)] : []
  })
}

const withProcesses = (scan: HostScan, processes: readonly ScannedProcess[]): HostScan =>
  ({ ...scan, processes, byPid: new Map(processes.map(process => [process.pid, process])) })
