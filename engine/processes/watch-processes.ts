import { setTimeout as wait } from 'node:timers/promises'
import type { ProcessTick } from '../../shared/model/live'
import type { HostProcess, ProcessRow } from '../../shared/model/process'
import { ProblemError } from '../../shared/model/problem'
import { isTimeToAsk } from '../ask-again'
import type { KernelSources } from '../collect/choose-kernel'
import { openScene } from '../collect/open-scene'
import { hostRow, insideRow, type RowSurroundings, type UserNames } from '../collect/process-rows'
import { readCgroupOf } from '../collect/read-cgroup'
import type { ScannedProcess } from '../collect/scanned-process'
import type { Scene } from '../collect/scene'
import { collectUsers } from '../collect/users'
import type { Connection } from '../connection'
import { parseListedContainer } from '../parse/docker-list'
import { TICKS_PER_SECOND } from '../parse/proc-stat'
import type { CgroupFiles } from '../sources/cgroup-files'
import type { DockerEngine } from '../sources/docker'
import { isAway } from '../sources/engine-failure'
import type { ProcSource } from '../sources/proc-source'
import { createProcessTicker, type ProcessTicker, type TickPlan } from './process-ticker'

export interface WatchOptions {
  readonly connection: Pick<Connection, 'engine' | 'forget' | 'isKnown'>
  readonly sources: KernelSources
  readonly containerId: string
  readonly scope: 'container' | 'host'
  readonly everyMs: number
  /** Host PIDs. */
  readonly visible: readonly number[]
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** So many processes are looked at whole in every tick; of more, a part by turns. */
const MAX_FULL = 1000
/** How often a container that does not run is asked about. */
const RECHECK_MS = 5000
/** Ticks of the container's own cgroup, between two that find who else entered its namespace (nsenter(1), an engine inside). */
const TICKS_BETWEEN_LISTS = 10

/**
 * All rows, then what changes. The reader sets the pace: while it does not ask for the next tick nothing is read, and that tick then
 * tells what became of everything since the last one that it took. Where the kernel of the engine cannot be read it ends before it begins.
 * An engine that goes away later is waited for; what ended with it has been said to have left by then. Throws ProblemError when the engine
 * is not there at the beginning, and CONTAINER_GONE.
 */
export async function* watchProcesses(options: WatchOptions): AsyncGenerator<ProcessTick> {
  const { connection, everyMs, signal } = options
  for (let hasBegun = false; !signal.aborted;) {
    let docker: DockerEngine | undefined
    try {
      docker = await connection.engine(signal)
      const watch = await openWatch(docker, options)
      if (watch === null && !hasBegun)
        return
      if (watch === null) {
        // Where no container runs, nothing may prove for the moment that the kernel is still the engine's.
        await pause(RECHECK_MS, signal)
        continue
      }
      yield watch.takeWhole()
      hasBegun = true
      yield* followProcesses(watch, options)
    }
    catch (error) {
      if (signal.aborted)
        return
      if (!hasBegun || !(error instanceof ProblemError) || error.problem.code === 'CONTAINER_GONE')
        throw error
      if (docker && isAway(error.problem.code))
        connection.forget(docker)
      for (const sinceMs = performance.now(); !signal.aborted && !isTimeToAsk(connection, error.problem, sinceMs);)
        await pause(everyMs, signal)
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})

interface Watch {
  readonly docker: DockerEngine
  readonly container: { readonly id: string, readonly isRunning: boolean }
  /** The container's first process; null: it does not run, or runs in a sandbox. */
  readonly initPid: number | null
  readonly ticker: ProcessTicker
  readonly rows: ReturnType<typeof createRows>
  readonly containerNames: Map<string, string>
  /** Null: it cannot be read, or its members are no more than a part of what is inside. */
  readonly cgroup: CgroupFiles | null
  /** The first tick. Nothing of it is held on to: it is larger than all else together. */
  readonly takeWhole: () => ProcessTick
}

/** Null: the kernel of the engine cannot be read. */
async function openWatch(docker: DockerEngine, { sources, containerId, scope, now, signal }: WatchOptions): Promise<Watch | null> {
  const { scene } = await openScene(docker, sources, containerId, signal)
  const { container, scan, kernel } = scene
  if (scan === null || kernel.proc === null)
    return null
  const init = scene.init.proc === null ? null : scan.byPid.get(scene.init.hostPid) ?? null
  const containerNames = new Map(scene.containerNames)
  const ticker = createProcessTicker({ proc: kernel.proc, kernel: scan.kernel, isContainer: id => containerNames.has(id), unnamed: scene.unnamed, processes: scan.processes, init })
  const rows = createRows(ticker, scope, { names: await namesOf(scene), container, containerNames, bootedAtMs: scan.kernel.bootedAtMs })
  let arrived: ProcessTick['arrived'] | null = rows.of(scan.processes)
  return {
    docker,
    container: { id: container.id, isRunning: container.hostPid !== null },
    initPid: init?.pid ?? null,
    ticker,
    rows,
    containerNames,
    cgroup: init && init.nsPids.length > 1 ? await ownCgroup(kernel.proc, init.pid) : null,
    takeWhole() {
      const whole = { at: now().toISOString(), isWhole: true, arrived: arrived ?? { inside: [], host: [] }, left: [], changed: [] }
      arrived = null
      return whole
    },
  }
}

/** Null also where others are members too. */
async function ownCgroup(proc: ProcSource, initPid: number): Promise<CgroupFiles | null> {
  const found = await readCgroupOf(proc, initPid).catch(() => null)
  return found === null || found.usageUnknownBecause !== null ? null : found.files
}

/** Ends when the container's first process is another than it was. */
async function* followProcesses({ docker, container, initPid, ticker, rows, containerNames, cgroup }: Watch, options: WatchOptions): AsyncGenerator<ProcessTick> {
  const { scope, everyMs, visible, now, signal } = options
  let askedAt = performance.now()
  for (let count = 1; ; count += 1) {
    await pause(everyMs, signal)
    if (signal.aborted)
      return
    const isListed = scope === 'host' || count % TICKS_BETWEEN_LISTS === 0
    const members = isListed ? null : await cgroup?.read('memory', 'cgroup.procs').catch(() => null) ?? null
    const changes = await ticker.tick(planFor(ticker, visible, members), signal)
    if (changes.arrived.some(({ containerId }) => containerId !== null && !containerNames.has(containerId)))
      await learnNames(docker, containerNames, signal)
    yield {
      at: now().toISOString(),
      isWhole: false,
      arrived: rows.of(changes.arrived),
      left: changes.left.filter(({ wasInside }) => scope === 'host' || wasInside).map(({ pid, startedAtTicks }) => [pid, startedAtTicks]),
      changed: changes.changed.filter(({ pid }) => scope === 'host' || ticker.table.isInside(pid))
        .map(({ pid, startedAtTicks, state, cpuTicks, rssBytes, threadCount }) => [pid, startedAtTicks, state, cpuTicks / TICKS_PER_SECOND, rssBytes, threadCount]),
    }
    if (initPid !== null && changes.left.some(({ pid }) => pid === initPid))
      return
    if (!container.isRunning && performance.now() - askedAt > RECHECK_MS) {
      askedAt = performance.now()
      if ((await docker.inspect(container.id, signal)).State.Pid)
        return
    }
  }
}

function planFor({ table }: ProcessTicker, visible: readonly number[], members: string | null): TickPlan {
  if (members !== null)
    return { kind: 'container', members: members.split('\n').map(Number).filter(pid => pid > 0) }
  return table.size() <= MAX_FULL ? { kind: 'full' } : { kind: 'adaptive', visible }
}

/** The rows of processes that are in the table, for the sides that are watched. */
function createRows({ table }: ProcessTicker, scope: WatchOptions['scope'], around: RowSurroundings) {
  return {
    of: (processes: readonly ScannedProcess[]): { inside: ProcessRow[], host: HostProcess[] } => ({
      inside: processes.filter(({ pid }) => table.isInside(pid)).map(process => insideRow(process, table.insidePid, around)),
      host: scope === 'host' ? processes.map(process => hostRow(process, around)) : [],
    }),
  }
}

/** Without the users' names a row still says everything else. */
async function namesOf(scene: Scene): Promise<UserNames> {
  try {
    return (await collectUsers(scene)).names
  }
  catch {
    return { inside: new Map(), host: new Map(), uidMap: null }
  }
}

/** A container began after the watch did. Its name is missing in its rows if the engine does not answer now. */
async function learnNames(docker: DockerEngine, names: Map<string, string>, signal: AbortSignal): Promise<void> {
  const listed = await docker.list(signal).catch(() => [])
  for (const { id, name } of listed.map(parseListedContainer))
    names.set(id, name)
}
