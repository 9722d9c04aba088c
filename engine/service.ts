import { hostname } from 'node:os'
import type { IsoscopeContract } from '../shared/contract/contract'
import type { Handlers } from '../shared/contract/define'
import type { LifecycleVerb } from '../shared/model/action'
import type { Container } from '../shared/model/container'
import type { EngineStatus, KnownEndpoint } from '../shared/model/engine'
import type { FolderListing } from '../shared/model/files'
import type { HelperStatus } from '../shared/model/helper'
import { ProblemError } from '../shared/model/problem'
import type { Snapshot } from '../shared/model/snapshot'
import type { ViewAnswer } from '../shared/model/two-views'
import { withHiddenValues } from '../shared/run/hidden-values'
import { actOnContainer } from './actions/act-on-container'
import { createActionLog } from './actions/action-log'
import { buildImage, pullImage } from './actions/make-image'
import { runAgain } from './actions/run-again'
import { runContainer } from './actions/run-container'
import type { KernelSources } from './collect/choose-kernel'
import { findRoot } from './collect/find-root'
import { listFolder } from './collect/list-folder'
import { wouldReadMore } from './collect/would-read-more'
import { createConnection } from './connection'
import { readContainerPlan } from './container-plan'
import { duringEra, throughoutEra } from './era'
import { createHelper, type HelperPermission } from './helper'
import { createLab } from './lab/create-lab'
import { createLiveRing } from './live/live-ring'
import { watchLive } from './live/watch-live'
import { watchLogs } from './logs/watch-logs'
import { parseListedContainer } from './parse/docker-list'
import { watchProcesses } from './processes/watch-processes'
import { endLeftShells } from './shell/end-left-shells'
import { findShells } from './shell/find-shells'
import { shellOpening } from './shell/open-terminal'
import { createShellSessions } from './shell/shell-sessions'
import type { DockerEngine } from './sources/docker'
import type { EngineWish, PreferredEngine } from './sources/endpoint-candidates'
import { ownerOf } from './sources/owner'
import { localProc } from './sources/local-proc'
import type { Surroundings } from './sources/surroundings'
import { listImages, readRunContext } from './run-context'
import { takeSnapshot } from './snapshot'
import { removeLeftovers } from './temporary/remove-leftovers'
import { temporaryImageLabels } from './temporary/labels'
import { createTemporaryRemoval } from './temporary/temporary-removal'
import { offerToolbox, toolboxOpening } from './toolbox/open-toolbox'
import { runView, type ViewOptions } from './views/run-view'
import { watchContainers, watchNothing } from './watch-containers'

/** What the engine is told by its host; it reads no environment, clock or working directory by itself. */
export interface ServiceOptions extends Surroundings {
  readonly isoscopeVersion: string
  readonly now: () => Date
  /** Where procfs is mounted: `/proc` if not given. */
  readonly procRoot?: string
  /** What the person asked for with `--host` or `--context`. */
  readonly wish?: EngineWish
}

type EngineCalls = 'engine.status' | 'engine.endpoints' | 'engine.choose' | 'helper.status' | 'containers.watch' | 'container.act' | 'view.run' | 'actions.watch' | 'snapshot.take' | 'live.watch' | 'processes.watch' | 'logs.watch' | 'files.list' | 'images.list' | 'run.context' | 'container.run' | 'container.plan' | 'container.runAgain' | 'image.pull' | 'image.build' | 'shell.find' | 'shell.open' | 'shell.write' | 'shell.resize' | 'shell.close' | 'toolbox.offer' | 'toolbox.open' | 'lab.watch' | 'lab.perform' | 'lab.renew'

export interface Service {
  /** The contract's calls that are the same in every host. */
  readonly handlers: Pick<Handlers<IsoscopeContract>, EngineCalls>
  readonly engineStatus: (signal: AbortSignal) => Promise<EngineStatus>
  readonly listEndpoints: (signal: AbortSignal) => Promise<KnownEndpoint[]>
  /** As `docker ps -a`; throws ProblemError when no engine answers. */
  readonly listContainers: (signal: AbortSignal) => Promise<Container[]>
  readonly takeSnapshot: (containerId: string, signal: AbortSignal) => Promise<Snapshot>
  /** The engine that the person chose last, `isNow`: in this run; else it gives way to what was named for this run. Null: none was chosen. */
  readonly preferEngine: (preferred: PreferredEngine | null, isNow: boolean) => void
  /** On these engines alone may the helper container run; at first on none. */
  readonly permitHelper: (engines: HelperPermission) => void
  readonly helperStatus: (signal: AbortSignal) => Promise<HelperStatus>
  /** This host changes engines where a person asks for it. From now on what an Isoscope that has ended left on one is removed as well, when that is reached. */
  readonly permitActions: () => void
  /** This computer slept: connections are made anew, and every stream goes on over them. */
  readonly wake: () => void
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
  const owner = ownerOf(hostname(), process.pid)
  const log = createActionLog(now)
  const temporary = createTemporaryRemoval(async (docker, signal) => {
    await removeLeftovers({ docker, log, owner, now }, signal)
    await endLeftShells({ docker, log, owner, local: proc }, signal)
  })
  const connection = createConnection(options, options.wish, () => void helper.end(), temporary.reached)
  const ring = createLiveRing()
  const shells = createShellSessions(log)
  const helper = createHelper({ owner, now })
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

  const look = (containerId: string, outer: AbortSignal): Promise<Snapshot> =>
    withEngine(outer, (docker, signal) => takeSnapshot({ docker, sources, platform, containerId, isoscopeVersion, now, signal }))

  /** It is kept for its report, which those of the lab are not. */
  async function take(containerId: string, outer: AbortSignal): Promise<Snapshot> {
    const snapshot = await look(containerId, outer)
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

  /** Asked once only: whether a lost engine has begun with it is not known. */
  const act = (containerId: string, verb: LifecycleVerb, outer: AbortSignal): Promise<void> =>
    duringEra(connection.era(), outer, async signal => actOnContainer({ docker: await connection.engine(signal), log, containerId, verb }, signal))

  const view = (containerId: string, asked: ViewOptions['asked'], outer: AbortSignal): Promise<ViewAnswer> =>
    duringEra(connection.era(), outer, async signal => runView({ docker: await connection.engine(signal), sources, log, containerId, asked }, signal))

  const lab = createLab({ labels: temporaryImageLabels('lab', owner), log, engine: connection.engine, takeSnapshot: look, runView: view })

  const listIn = (containerId: string, names: readonly string[], outer: AbortSignal): Promise<FolderListing> =>
    withEngine(outer, async (docker, signal) => listFolder(await findRoot({ docker, sources, containerId, signal }), names))

  return {
    engineStatus: connection.status,
    listEndpoints: connection.endpoints,
    listContainers,
    takeSnapshot: take,
    preferEngine: connection.prefer,
    permitHelper: helper.permit,
    helperStatus,
    permitActions: temporary.permit,
    wake: connection.renew,
    recentSnapshot,
    close: async () => {
      temporary.end()
      await Promise.all([shells.endAll(), lab.close()])
      await helper.end()
      connection.close()
    },
    handlers: {
      'engine.status': (_, { signal }) => connection.status(signal),
      'engine.endpoints': (_, { signal }) => connection.endpoints(signal),
      'engine.choose': async ({ endpointId, isRemembered }, { signal }) => {
        if (isRemembered) {
          connection.prefer(endpointId === null ? null : { endpointId }, false)
          return connection.status(signal)
        }
        await helper.end()
        return connection.choose(endpointId, signal)
      },
      'helper.status': (_, { signal }) => helperStatus(signal),
      'containers.watch': ({ isUnseen }, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => isUnseen ? watchNothing(inEra) : watchContainers(connection, now, inEra)),
      'container.act': async ({ containerId, verb }, { signal }) => {
        await act(containerId, verb, signal)
        return {}
      },
      'view.run': ({ containerId, asked }, { signal }) => view(containerId, asked, signal),
      'images.list': (_, { signal }) => withEngine(signal, listImages),
      'run.context': (_, { signal }) => withEngine(signal, readRunContext),
      // Asked once only, as any action.
      'container.run': (plan, { signal }) =>
        duringEra(connection.era(), signal, async inEra => runContainer({ docker: await connection.engine(inEra), log, plan })),
      'container.plan': ({ containerId }, { signal }) => withEngine(signal, async (docker, inEra) => {
        const { plan, ...more } = await readContainerPlan(docker, containerId, inEra)
        return { plan: withHiddenValues(plan, () => true), ...more }
      }),
      'container.runAgain': ({ containerId, knob }, { signal }) =>
        duringEra(connection.era(), signal, async inEra => runAgain({ docker: await connection.engine(inEra), log, containerId, knob }, inEra)),
      'image.pull': ({ reference }, { signal }) => throughoutEra(connection.era(), signal, async function* (inEra) {
        yield* pullImage({ docker: await connection.engine(inEra), log, signal: inEra }, reference)
      }),
      'image.build': (request, { signal }) => throughoutEra(connection.era(), signal, async function* (inEra) {
        yield* buildImage({ docker: await connection.engine(inEra), log, signal: inEra }, request)
      }),
      'lab.watch': (_, { signal }) => lab.watch(signal),
      'lab.perform': async (order) => {
        await lab.perform(order)
        return {}
      },
      'lab.renew': async () => {
        lab.renew()
        return {}
      },
      'actions.watch': (_, { signal }) => log.watch(signal),
      'snapshot.take': ({ containerId }, { signal }) => take(containerId, signal),
      'live.watch': ({ containerId, everyMs }, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchLive({ connection, sources, ring, containerId, everyMs, now, signal: inEra })),
      'processes.watch': (input, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchProcesses({ ...input, connection, sources, now, signal: inEra })),
      'logs.watch': (input, { signal }) =>
        throughoutEra(connection.era(), signal, inEra => watchLogs({ ...input, connection, signal: inEra })),
      'shell.find': ({ containerId }, { signal }) => withEngine(signal, (docker, inEra) => findShells({ docker, sources, containerId, signal: inEra })),
      'shell.open': (request, { signal }) => throughoutEra(connection.era(), signal, async function* (inEra) {
        const docker = await connection.engine(inEra)
        yield* shells.open(preparing => shellOpening(docker, owner, request, preparing), inEra)
      }),
      'toolbox.offer': ({ containerId }, { signal }) => withEngine(signal, (docker, inEra) => offerToolbox({ docker, sources, owner, containerId }, inEra)),
      'toolbox.open': (request, { signal }) => throughoutEra(connection.era(), signal, async function* (inEra) {
        const docker = await connection.engine(inEra)
        yield* shells.open(preparing => toolboxOpening({ docker, sources, owner, containerId: request.containerId }, request, temporary, preparing), inEra)
      }),
      'shell.write': async ({ sessionId, data }, { signal }) => {
        await shells.write(sessionId, data, signal)
        return {}
      },
      'shell.resize': async ({ sessionId, ...size }, { signal }) => {
        await shells.resize(sessionId, size, signal)
        return {}
      },
      'shell.close': async ({ sessionId }) => {
        await shells.close(sessionId)
        return {}
      },
      'files.list': ({ containerId, names }, { signal }) => listIn(containerId, names, signal),
    },
  }
}
