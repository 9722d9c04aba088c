import { hostname } from 'node:os'
import type { IsoscopeContract } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import type { Container } from '../shared/model/container'
import type { EngineStatus, KnownEndpoint } from '../shared/model/engine'
import type { FolderListing } from '../shared/model/files'
import type { HelperStatus } from '../shared/model/helper'
import { ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import type { KernelSources } from './collect/choose-kernel'
import { findRoot } from './collect/find-root'
import { listFolder } from './collect/list-folder'
import { wouldReadMore } from './collect/would-read-more'
import { createConnection } from './connection'
import { duringEra, throughoutEra } from './era'
import { createHelper, type HelperPermission } from './helper'
import { createLiveRing } from './live/live-ring'
import { watchLive } from './live/watch-live'
import { parseListedContainer } from './parse/docker-list'
import { watchProcesses } from './processes/watch-processes'
import type { DockerEngine } from './sources/docker'
import type { EngineWish } from './sources/endpoint-candidates'
import { ownerOf } from './sources/helper/owner'
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

type EngineCalls = 'engine.status' | 'engine.endpoints' | 'engine.choose' | 'helper.status' | 'containers.watch' | 'snapshot.take' | 'live.watch' | 'processes.watch' | 'files.list'

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
  /** On these engines alone may the helper container run; at first on none. */
  readonly permitHelper: (engines: HelperPermission) => void
  readonly helperStatus: (signal: AbortSignal) => Promise<HelperStatus>
  /** One of the last snapshots that were taken here, for its report; throws ProblemError SNAPSHOT_GONE for any other. */
  readonly recentSnapshot: (snapshotId: string) => Snapshot
  /** Ends every connection to an engine, and what was started for it. */
  readonly close: () => Promise<void>
}

/** Enough for every page that is open at once; a snapshot of a machine with 10,000 processes weighs about 10 MB. */
const MAX_RECENT = 16

export function createService(options: ServiceOptions): Service {
  const { isoscopeVersion, now, platform } = options
  const proc = localProc(options.procRoot ?? '/proc')
  const connection = createConnection(options, options.wish)
  const ring = createLiveRing()
  const helper = createHelper({ owner: ownerOf(hostname(), process.pid), now })
  const sources: KernelSources = { local: proc, helper: async asked => helper.open(await connection.engine(asked), asked) }
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

  /** Nobody is told that a helper is missing where this computer's `/proc` shows everything. */
  async function helperStatus(outer: AbortSignal): Promise<HelperStatus> {
    try {
      return await withEngine(outer, async (docker, signal) => {
        const status = await helper.status(docker, signal)
        return status.state === 'running' || await wouldReadMore(docker, proc, signal)
          ? status
          : { ...status, state: 'not-needed', because: 'this computer\'s /proc is the engine\'s own, and all of it may be read' }
      })
    }
    catch (error) {
      outer.throwIfAborted()
      if (error instanceof ProblemError)
        return { state: 'off', because: error.problem.what, engineId: null, containerId: null }
      throw error
    }
  }

  const listIn = (containerId: string, names: readonly string[], outer: AbortSignal): Promise<FolderListing> =>
    withEngine(outer, async (docker, signal) => listFolder(await findRoot({ docker, sources, containerId, signal }), names))

  return {
    engineStatus: connection.status,
    listEndpoints: connection.endpoints,
    listContainers,
    takeSnapshot: take,
    preferEngine: (address) => {
      void helper.end()
      connection.wish(address === null ? null : { address, origin: 'Preferences' })
    },
    permitHelper: helper.permit,
    helperStatus,
    recentSnapshot,
    close: async () => {
      await helper.end()
      connection.close()
    },
    handlers: {
      'engine.status': (_, { signal }) => connection.status(signal),
      'engine.endpoints': (_, { signal }) => connection.endpoints(signal),
      'engine.choose': async ({ endpointId }, { signal }) => {
        await helper.end()
        return connection.choose(endpointId, signal)
      },
      'helper.status': (_, { signal }) => helperStatus(signal),
      'containers.watch': (_, { signal }) => throughoutEra(connection.era(), signal, inEra => watchContainers(connection, now, inEra)),
      'snapshot.take': ({ containerId }, { signal }) => take(containerId, signal),
      'live.watch': ({ containerId, everyMs }, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchLive({ connection, sources, ring, containerId, everyMs, now, signal: inEra })),
      'processes.watch': (input, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchProcesses({ ...input, engine: connection.engine, sources, now, signal: inEra })),
      'files.list': ({ containerId, names }, { signal }) => listIn(containerId, names, signal),
    },
  }
}
