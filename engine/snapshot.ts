import { randomUUID } from 'node:crypto'
import { EvidenceByFact, FactName } from '../shared/model/evidence'
import { isThisComputersKernel } from '../shared/model/host'
import { type Problem, ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import { SNAPSHOT_FORMAT } from '../shared/model/snapshot-format'
import { collectCgroup } from './collect/cgroup'
import type { KernelSources } from './collect/choose-kernel'
import { collectFiles } from './collect/files'
import { describeHost } from './collect/host'
import { collectHostname } from './collect/hostname'
import { collectNamespaces } from './collect/namespaces'
import { collectNetwork } from './collect/network'
import { nothingCollected } from './collect/nothing'
import { openScene } from './collect/open-scene'
import type { UserNames } from './collect/process-rows'
import { collectProcesses } from './collect/processes'
import { type Collected, known, unknown } from './collect/scene'
import { collectSecurity } from './collect/security'
import { collectUsers } from './collect/users'
import { collectWorkingDirectory } from './collect/working-directory'
import type { DockerEngine } from './sources/docker'
import { stampSteps } from './stamp-steps'
import { readThisComputer } from './this-computer/read-this-computer'

export interface SnapshotOptions {
  readonly docker: DockerEngine
  readonly sources: KernelSources
  /** Of this computer, which is looked at too where the engine's kernel is another one. */
  readonly platform: NodeJS.Platform
  readonly containerId: string
  readonly isoscopeVersion: string
  readonly now: () => Date
  readonly signal: AbortSignal
}

const NO_NAMES: UserNames = { inside: new Map(), host: new Map(), uidMap: null }

/**
 * Everything about one container at one instant. A collector that fails costs its own part: that part stays unknown, with
 * the reason among the problems. Throws ProblemError only when the engine or the container is not there.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { docker, sources, containerId, signal } = options
  const startedAt = options.now()
  const started = performance.now()
  const { scene, info, problems: sceneProblems } = await openScene(docker, sources, containerId, signal)
  const { container, engine } = scene
  const nothing = nothingCollected(container)
  const problems: Problem[] = [...sceneProblems]
  const evidence: EvidenceByFact = {
    ...notCollected(),
    engine: known('engine-api', 'GET /version and GET /info', 'docker version; docker info'),
    container: known('engine-api', `GET /containers/${container.id.slice(0, 12)}/json`, `docker inspect ${container.name}`),
    host: known(scene.kernel.proc === null ? 'engine-api' : 'proc', scene.kernel.proc === null ? 'GET /info' : scene.kernel.proof, 'uname -a'),
  }

  async function part<T, C extends Collected<T>>(facts: readonly FactName[], what: string, fallback: T, collect: () => C | Promise<C>): Promise<C | { facts: T }> {
    try {
      const collected = await collect()
      Object.assign(evidence, collected.evidence)
      problems.push(...collected.problems ?? [])
      return collected
    }
    catch (error) {
      signal.throwIfAborted()
      const problem = partProblem(what, error)
      problems.push(problem)
      for (const fact of facts)
        evidence[fact] = unknown(problem.what, `docker inspect ${container.name}`)
      return { facts: fallback }
    }
  }

  const users = await part(['users.inside', 'users.host', 'users.idMaps'], 'users', nothing.users, () => collectUsers(scene))
  const names = 'names' in users ? users.names : NO_NAMES
  const processParts = { processes: nothing.processes, hostProcesses: nothing.hostProcesses, processCounts: nothing.processCounts }
  const [processes, namespaces, files, workingDirectory, network, hostname, cgroup, security] = await Promise.all([
    part(['processes', 'hostProcesses', 'processCounts.inside', 'processCounts.host'], 'processes', processParts, () => collectProcesses(scene, names)),
    part([], 'namespaces', nothing.namespaces, async () => ({ facts: await collectNamespaces(scene), evidence: {} })),
    part(['files.rootInside', 'files.rootHost', 'files.size', 'files.changes', 'files.mounts'], 'files', nothing.files, () => collectFiles(scene)),
    part(['workingDirectory.inside', 'workingDirectory.onHost'], 'working directory', nothing.workingDirectory, () => collectWorkingDirectory(scene)),
    part(['network.inside', 'network.host', 'network.published'], 'network', nothing.network, () => collectNetwork(scene)),
    part(['hostname.inside', 'hostname.host'], 'hostname', nothing.hostname, () => collectHostname(scene)),
    part(['cgroup'], 'cgroup', nothing.cgroup, () => collectCgroup(scene)),
    part(['security'], 'security', nothing.security, () => collectSecurity(scene)),
  ])

  const host = await describeHost(scene, info, sources.local, options.platform, users.facts.host ?? [])
  const thisComputer = isThisComputersKernel(host.where) ? null : await readThisComputer(options.platform, signal)
  problems.push(...thisComputer?.problems ?? [])

  const stamped = stampSteps(scene, evidence, namespaces.facts)
  return {
    format: SNAPSHOT_FORMAT,
    id: randomUUID(),
    takenAt: startedAt.toISOString(),
    tookMs: Math.round(performance.now() - started),
    isoscopeVersion: options.isoscopeVersion,
    engine,
    container,
    host,
    thisComputer: thisComputer?.facts ?? null,
    namespaces: stamped.namespaces,
    ...processes.facts,
    files: files.facts,
    workingDirectory: workingDirectory.facts,
    network: network.facts,
    hostname: hostname.facts,
    users: users.facts,
    cgroup: cgroup.facts,
    security: security.facts,
    evidence: stamped.evidence,
    problems,
  }
}

/** A fact that no collector spoke of is unknown. */
const notCollected = (): EvidenceByFact =>
  EvidenceByFact.parse(Object.fromEntries(FactName.options.map(name => [name, unknown('it was not collected', 'docker inspect')])))

function partProblem(what: string, error: unknown): Problem {
  if (error instanceof ProblemError)
    return error.problem
  return {
    code: `${what.toUpperCase().replaceAll(' ', '_')}_NOT_COLLECTED`,
    what: `The ${what} could not be collected: ${error instanceof Error ? error.message : 'an unknown error'}.`,
    fix: 'Take the snapshot again; if it happens again, run Isoscope with more rights on the engine\'s machine.',
  }
}
