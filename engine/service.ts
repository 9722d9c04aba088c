import { hostname } from 'node:os'
import type { IsoscopeContract } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import type { Container } from '../shared/model/container'
import type { EngineStatus } from '../shared/model/engine'
import type { HelperStatus } from '../shared/model/helper'
import { ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import { listFolder } from './collect/list-folder'
import { namesContainer } from './collect/kernel-view'
import { wouldReadMore } from './collect/would-read-more'
import { createConnection } from './connection'
import { createHelper, type HelperPermission } from './helper'
import { watchLive } from './live'
import { parseListedContainer } from './parse/docker-list'
import type { Surroundings } from './sources/endpoint-candidates'
import { ownerOf } from './sources/helper/owner'
import { localProc } from './sources/local-proc'
import { takeSnapshot } from './snapshot'
import { watchContainers } from './watch-containers'

/** What the engine is told by its host; it reads no environment, clock or working directory by itself. */
export interface ServiceOptions extends Surroundings {
  readonly isoscopeVersion: string
  readonly now: () => Date
  /** Where procfs is mounted: `/proc` if not given. */
  readonly procRoot?: string
}

type EngineCalls = 'engine.status' | 'helper.status' | 'containers.watch' | 'snapshot.take' | 'live.watch' | 'files.list'

export interface Service {
  /** The contract's calls that are the same in every host. */
  readonly handlers: Pick<Handlers<IsoscopeContract>, EngineCalls>
  readonly engineStatus: (signal: AbortSignal) => Promise<EngineStatus>
  /** As `docker ps -a`; throws ProblemError when no engine answers. */
  readonly listContainers: (signal: AbortSignal) => Promise<Container[]>
  readonly takeSnapshot: (containerId: string, signal: AbortSignal) => Promise<Snapshot>
  /** An address that the person chose is the only one that is asked from now on; null: wherever an engine usually is. */
  readonly preferEngine: (address: string | null) => void
  /** On these engines alone may the helper container run; at first on none. */
  readonly permitHelper: (engines: HelperPermission) => void
  readonly helperStatus: (signal: AbortSignal) => Promise<HelperStatus>
  /** Ends what was started on the engine. */
  readonly close: () => Promise<void>
  /** One of the last snapshots that were taken here, for its report; throws ProblemError SNAPSHOT_GONE for any other. */
  readonly recentSnapshot: (snapshotId: string) => Snapshot
}

/** Enough for every page that is open at once; a snapshot of a machine with 10,000 processes weighs about 10 MB. */
const MAX_RECENT = 16

export function createService(options: ServiceOptions): Service {
  const { isoscopeVersion, now } = options
  const proc = localProc(options.procRoot ?? '/proc')
  const connection = createConnection(options)
  const helper = createHelper({ owner: ownerOf(hostname(), process.pid), now })
  const recent = new Map<string, Snapshot>()

  /** A lost engine is looked for anew: once, so that a restart between two questions goes unnoticed. */
  async function withEngine<T>(signal: AbortSignal, ask: (docker: Awaited<ReturnType<typeof connection.engine>>) => Promise<T>): Promise<T> {
    try {
      return await ask(await connection.engine(signal))
    }
    catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'ENGINE_UNREACHABLE')
        throw error
      connection.forget()
      return ask(await connection.engine(signal))
    }
  }

  const listContainers = (signal: AbortSignal): Promise<Container[]> =>
    withEngine(signal, async docker => (await docker.list(signal)).map(parseListedContainer))

  async function take(containerId: string, signal: AbortSignal): Promise<Snapshot> {
    const snapshot = await withEngine(signal, docker => takeSnapshot({ docker, sources: { local: proc, helper: asked => helper.open(docker, asked) }, containerId, isoscopeVersion, now, signal }))
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
  async function helperStatus(signal: AbortSignal): Promise<HelperStatus> {
    try {
      return await withEngine(signal, async (docker) => {
        const status = await helper.status(docker, signal)
        return status.state === 'running' || await wouldReadMore(docker, proc, signal)
          ? status
          : { ...status, state: 'not-needed', because: 'this computer\'s /proc is the engine\'s own, and all of it may be read' }
      })
    }
    catch (error) {
      signal.throwIfAborted()
      if (error instanceof ProblemError)
        return { state: 'off', because: error.problem.what, engineId: null, containerId: null }
      throw error
    }
  }

  async function runningPid(containerId: string, signal: AbortSignal): Promise<number> {
    const { State } = await withEngine(signal, docker => docker.inspect(containerId, signal))
    if (!State.Pid)
      throw new ProblemError({ code: 'CONTAINER_NOT_RUNNING', what: 'The container does not run, so its folders cannot be opened one by one.', fix: 'Start it with `docker start`, then open the folder again.' })
    if (!await namesContainer(proc, State.Pid, containerId))
      throw new ProblemError({ code: 'KERNEL_NOT_LOCAL', what: 'The engine runs on another kernel: its containers\' folders cannot be opened from here.', fix: 'Run Isoscope on the engine\'s own machine.' })
    return State.Pid
  }

  return {
    engineStatus: connection.status,
    listContainers,
    takeSnapshot: take,
    preferEngine: connection.prefer,
    recentSnapshot,
    permitHelper: helper.permit,
    helperStatus,
    close: helper.end,
    handlers: {
      'engine.status': (_, { signal }) => connection.status(signal),
      'helper.status': (_, { signal }) => helperStatus(signal),
      'containers.watch': (_, { signal }) => watchContainers(connection, now, signal),
      'snapshot.take': ({ containerId }, { signal }) => take(containerId, signal),
      'live.watch': ({ containerId, everyMs }, { signal }) => watchLive({ engine: connection.engine, proc, containerId, everyMs, now, signal }),
      'files.list': async ({ containerId, names }, { signal }) => listFolder({ proc, hostPid: await runningPid(containerId, signal) }, names),
    },
  }
}
