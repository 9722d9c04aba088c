import type { RunningContainer } from '../collect/kernel-view'
import { createPlacer } from '../collect/place-by-descent'
import { isSettled, type KernelFacts, readUptimeTicks, withParentsContainer } from '../collect/scan-host'
import { createJoiner, type ScannedProcess } from '../collect/scanned-process'
import { admitAll, createSight } from '../collect/seen-processes'
import { emptyProcStat, parseProcStat, TICKS_PER_SECOND } from '../parse/proc-stat'
import type { ProcSource } from '../sources/proc-source'
import { createProcessTable, type ProcessTable } from './process-table'

/** What moves while a process runs. */
export type ChangedProcess = Pick<ScannedProcess, 'pid' | 'startedAtTicks' | 'state' | 'cpuTicks' | 'rssBytes' | 'threadCount'>

/** What became of the processes since the last look. */
export interface ProcessChanges {
  /** New ones, and known ones of which more than numbers changed: what was known of those is replaced. */
  readonly arrived: ScannedProcess[]
  readonly left: { readonly pid: number, readonly startedAtTicks: number, readonly wasInside: boolean }[]
  readonly changed: ChangedProcess[]
}

/**
 * What is read. `full`: the `stat` of every process. `adaptive`: who came and who went, the `stat` of what is on screen and of what is
 * inside, and of a tenth of the rest by turns. `container`: what is inside and who else is a member of its cgroup, nothing else.
 */
export type TickPlan = { kind: 'full' } | { kind: 'adaptive', visible: readonly number[] } | { kind: 'container', members: readonly number[] }

export interface ProcessTicker {
  readonly table: ProcessTable
  readonly tick: (plan: TickPlan, signal: AbortSignal) => Promise<ProcessChanges>
}

export interface TickerOptions {
  readonly proc: ProcSource
  readonly kernel: KernelFacts
  readonly isContainer: (id: string) => boolean
  /** Containers that no control group names. */
  readonly unnamed: readonly RunningContainer[]
  /** All processes, as a scan found them just now. */
  readonly processes: readonly ScannedProcess[]
  /** The container's first process; null: it does not run, so nothing is inside. */
  readonly init: ScannedProcess | null
}

/** Every process is looked at within so many adaptive ticks. */
const TURNS = 10
/** A process may still become another user's, and enter or leave a cgroup, for so long after it began. */
const YOUNG_TICKS = TICKS_PER_SECOND

export function createProcessTicker({ proc, kernel, isContainer, unnamed, processes, init }: TickerOptions): ProcessTicker {
  const { pageBytes } = kernel
  const table = createProcessTable(pageBytes)
  const join = createJoiner({ isContainer, pageBytes })
  const sight = init && createSight(init)
  const placer = createPlacer(unnamed)
  const stat = emptyProcStat()
  /** Known, and to be read whole once more: what they were when they came may not be what they are. */
  const young = new Set<number>()
  let turn = 0

  const isYoung = (startedAtTicks: number, uptimeTicks: number | null): boolean =>
    uptimeTicks !== null && uptimeTicks - startedAtTicks <= YOUNG_TICKS

  function takeIn(found: readonly ScannedProcess[], uptimeTicks: number | null): void {
    const inside = new Set(sight ? admitAll(sight, found.filter(process => isSettled(process, uptimeTicks))) : [])
    for (const process of found) {
      table.put(process, sight && inside.has(process) ? { pid: process.nsPids[sight.level] ?? null } : null)
      if (isYoung(process.startedAtTicks, uptimeTicks))
        young.add(process.pid)
    }
  }
  takeIn(placer.placeAll(processes, () => null), kernel.uptimeTicks)

  function* pidsToLookAt(plan: TickPlan): Generator<number> {
    const named = new Set(plan.kind === 'adaptive' ? plan.visible : plan.kind === 'container' ? plan.members : [])
    // In the host's own PID namespace everything is inside, and nothing of it is more important than the rest.
    const isInsideFirst = sight !== null && sight.level > 0
    let index = 0
    for (const pid of table.pids()) {
      index += 1
      const isItsTurn = plan.kind === 'full' || (plan.kind === 'adaptive' && index % TURNS === turn % TURNS)
      if (isItsTurn || named.has(pid) || young.has(pid) || (isInsideFirst && table.isInside(pid)))
        yield pid
    }
  }

  async function tick(plan: TickPlan, signal: AbortSignal): Promise<ProcessChanges> {
    const changes: ProcessChanges = { arrived: [], left: [], changed: [] }
    const toReadWhole = new Set<number>()
    const uptimeTicks = await readUptimeTicks(proc)
    turn += 1

    function forget(pid: number): void {
      changes.left.push({ pid, startedAtTicks: table.startedAtTicks(pid), wasInside: table.isInside(pid) })
      table.remove(pid)
      sight?.forget(pid)
      placer.forget(pid)
      young.delete(pid)
    }

    if (plan.kind === 'container') {
      for (const pid of plan.members) {
        if (!table.has(pid))
          toReadWhole.add(pid)
      }
    }
    else {
      const listed = new Set(await proc.listPids())
      for (const pid of [...table.pids()].filter(pid => !listed.has(pid)))
        forget(pid)
      for (const pid of listed) {
        if (!table.has(pid))
          toReadWhole.add(pid)
      }
    }

    const toLookAt = new Set(pidsToLookAt(plan))
    const gone = new Set(toLookAt)
    await proc.readProcesses('stat', [...toLookAt], ({ pid, bytes, stat: file }) => {
      gone.delete(pid)
      if (!parseProcStat(bytes, file.start, file.end, stat))
        return
      const outcome = table.compare(bytes, stat)
      const isGrown = young.has(pid) && !isYoung(stat.startedAtTicks, uptimeTicks)
      if (isGrown)
        young.delete(pid)
      if (outcome === 'other' || (isGrown && stat.state !== 'Z'))
        toReadWhole.add(pid)
      else if (outcome === 'changed')
        changes.changed.push({ pid, startedAtTicks: stat.startedAtTicks, state: stat.state, cpuTicks: stat.cpuTicks, rssBytes: pageBytes === null ? null : stat.rssPages * pageBytes, threadCount: stat.threadCount })
    }, signal)
    gone.forEach(forget)

    const read: ScannedProcess[] = []
    await proc.readProcesses('everything', [...toReadWhole], (raw) => {
      const process = join(raw)
      if (process)
        read.push(withParentsContainer(process, pid => table.containerOf(pid)))
    }, signal)
    for (const { pid } of read.filter(({ pid, startedAtTicks }) => table.has(pid) && table.startedAtTicks(pid) !== startedAtTicks))
      placer.forget(pid)
    const found = placer.placeAll(read, pid => table.containerOf(pid))
    const known = new Map([...toReadWhole].filter(pid => table.has(pid)).map(pid => [pid, { startedAtTicks: table.startedAtTicks(pid), isInside: table.isInside(pid) }]))
    const isSame = ({ pid, startedAtTicks }: ScannedProcess): boolean => known.get(pid)?.startedAtTicks === startedAtTicks
    // Ended and not yet collected, a process has lost its cgroup, its namespaces and its command line: what it was is what is shown.
    const isZombieNow = (process: ScannedProcess): boolean => process.state === 'Z' && isSame(process)
    const arrived = found.filter(process => !isZombieNow(process))
    found.filter(isZombieNow).forEach(({ pid }) => known.delete(pid))
    const came = new Map(arrived.map(process => [process.pid, process]))
    for (const pid of known.keys()) {
      sight?.forget(pid)
      young.delete(pid)
    }
    takeIn(arrived, uptimeTicks)
    for (const [pid, before] of known) {
      const now = came.get(pid)
      if (now === undefined || !isSame(now) || before.isInside !== table.isInside(pid))
        changes.left.push({ pid, startedAtTicks: before.startedAtTicks, wasInside: before.isInside })
      if (now === undefined)
        table.remove(pid)
    }
    changes.arrived.push(...arrived)
    return changes
  }

  return { table, tick }
}
