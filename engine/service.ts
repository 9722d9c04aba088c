import type { IsoscopeContract } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import type { Container } from '../shared/model/container'
import type { EngineStatus, KnownEndpoint } from '../shared/model/engine'
import { ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import type { KernelSources } from './collect/choose-kernel'
import { findSandbox } from './collect/find-sandbox'
import { listFolder } from './collect/list-folder'
import { namesContainer } from './collect/kernel-view'
import { createConnection } from './connection'
import { duringEra, throughoutEra } from './era'
import { createLiveRing } from './live/live-ring'
import { watchLive } from './live/watch-live'
import { parseListedContainer } from './parse/docker-list'
import { watchProcesses } from './processes/watch-processes'
import type { DockerEngine } from './sources/docker'
import type { EngineWish } from './sources/endpoint-candidates'
import { localProc } from './sources/local-proc'
import type { Surroundings } from './sources/surroundings'
import { takeSnapshot } from './snapshot'
import { watchContainers } from './watch-containers'

/** What the engine is told by its host; it reads no environment, clock or working directory by itself. */
export interface ServiceOptions extends Surroundings {
  readonly isoscopeVersion: string
  readonly now: () => Date
  /** Where procfs is mounted: `/proc` if not given. */
  readonly procRoot?: string
  /** What the person asked for with `--host` or `--context`. */
  readonly wish?: EngineWish
}

type EngineCalls = 'engine.status' | 'engine.endpoints' | 'engine.choose' | 'containers.watch' | 'snapshot.take' | 'live.watch' | 'processes.watch' | 'files.list'

export interface Service {
  /** The contract's calls that are the same in every host. */
  readonly handlers: Pick<Handlers<IsoscopeContract>, EngineCalls>
  readonly engineStatus: (signal: AbortSignal) => Promise<EngineStatus>
  readonly listEndpoints: (signal: AbortSignal) => Promise<KnownEndpoint[]>
  /** As `docker ps -a`; throws ProblemError when no engine answers. */
  readonly listContainers: (signal: AbortSignal) => Promise<Container[]>
  readonly takeSnapshot: (containerId: string, signal: AbortSignal) => Promise<Snapshot>
  /** An address that the person chose is the only one that is asked from now on; null: wherever an engine usually is. */
  readonly preferEngine: (address: string | null) => void
  /** One of the last snapshots that were taken here, for its report; throws ProblemError SNAPSHOT_GONE for any other. */
  readonly recentSnapshot: (snapshotId: string) => Snapshot
  /** Ends every connection to an engine, and what was started for it. */
  readonly close: () => void
}

/** Enough for every page that is open at once; a snapshot of a machine with 10,000 processes weighs about 10 MB. */
const MAX_RECENT = 16

export function createService(options: ServiceOptions): Service {
  const { isoscopeVersion, now, platform } = options
  const proc = localProc(options.procRoot ?? '/proc')
  const connection = createConnection(options, options.wish)
  const ring = createLiveRing()
  const sources: KernelSources = { local: proc, helper: async () => null }
  const recent = new Map<string, Snapshot>()

  /** A lost engine is looked for anew: once, so that a restart between two questions goes unnoticed. */
  function withEngine<T>(outer: AbortSignal, ask: (docker: DockerEngine, signal: AbortSignal) => Promise<T>): Promise<T> {
    return duringEra(connection.era(), outer, async (signal) => {
      const docker = await connection.engine(signal)
      try {
        return await ask(docker, signal)
      }
      catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'ENGINE_UNREACHABLE')
          throw error
        connection.forget(docker)
        return ask(await connection.engine(signal), signal)
      }
    })
  }

  const listContainers = (outer: AbortSignal): Promise<Container[]> =>
    withEngine(outer, async (docker, signal) => (await docker.list(signal)).map(parseListedContainer))

  async function take(containerId: string, outer: AbortSignal): Promise<Snapshot> {
    const snapshot = await withEngine(outer, (docker, signal) => takeSnapshot({ docker, sources, platform, containerId, isoscopeVersion, now, signal }))
    recent.set(snapshot.id, snapshot)
    const oldest = recent.keys().next()
    if (recent.size > MAX_RECENT && !oldest.done)
      recent.delete(oldest.value)
    return snapshot
  }

  function recentSnapshot(snapshotId: string): Snapshot {
    const snapshot = recent.get(snapshotId)
    if (!snapshot)
      throw new ProblemError({ code: 'SNAPSHOT_GONE', what: 'This host no longer holds that snapshot.', fix: 'Take the snapshot again, then export it.' })
    return snapshot
  }

  async function runningPid(containerId: string, outer: AbortSignal): Promise<number> {
    const { State, sandbox } = await withEngine(outer, async (docker, signal) => {
      const raw = await docker.inspect(containerId, signal)
      return { State: raw.State, sandbox: await findSandbox(docker, raw, signal) }
    })
    if (!State.Pid)
      throw new ProblemError({ code: 'CONTAINER_NOT_RUNNING', what: 'The container does not run, so its folders cannot be opened one by one.', fix: 'Start it with `docker start`, then open the folder again.' })
    if (!await namesContainer(proc, State.Pid, containerId))
      throw new ProblemError({ code: 'KERNEL_NOT_LOCAL', what: 'The engine runs on another kernel: its containers\' folders cannot be opened from here.', fix: 'Run Isoscope on the engine\'s own machine.' })
    if (sandbox !== null)
      throw new ProblemError({ code: 'FILES_IN_SANDBOX', what: `The container's folders cannot be opened from outside, since ${sandbox.because}.`, fix: 'Look at them from inside: docker exec <container> ls' })
    return State.Pid
  }

  return {
    engineStatus: connection.status,
    listEndpoints: connection.endpoints,
    listContainers,
    takeSnapshot: take,
    preferEngine: address => connection.wish(address === null ? null : { address, origin: 'Preferences' }),
    recentSnapshot,
    close: connection.close,
    handlers: {
      'engine.status': (_, { signal }) => connection.status(signal),
      'engine.endpoints': (_, { signal }) => connection.endpoints(signal),
      'engine.choose': ({ endpointId }, { signal }) => connection.choose(endpointId, signal),
      'containers.watch': (_, { signal }) => throughoutEra(connection.era(), signal, inEra => watchContainers(connection, now, inEra)),
      'snapshot.take': ({ containerId }, { signal }) => take(containerId, signal),
      'live.watch': ({ containerId, everyMs }, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchLive({ connection, sources, ring, containerId, everyMs, now, signal: inEra })),
      'processes.watch': (input, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchProcesses({ ...input, engine: connection.engine, sources, now, signal: inEra })),
      'files.list': ({ containerId, names }, { signal }) =>
        duringEra(connection.era(), signal, async inEra => listFolder({ proc, hostPid: await runningPid(containerId, inEra) }, names)),
    },
  }
}
