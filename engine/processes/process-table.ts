import type { ScannedProcess } from '../collect/scanned-process'
import type { ProcStat } from '../parse/proc-stat'
import { bytesFromText } from '../parse/raw-name'

/**
 * The processes that are known, in columns: a row is a place in each of them, and is used again when its process is gone. What does not
 * change while a process runs is not kept; a page was told it when the process came.
 */
export interface ProcessTable {
  readonly size: () => number
  readonly insideCount: () => number
  /** Ascending by age in the table, not by PID. */
  readonly pids: () => IterableIterator<number>
  readonly has: (pid: number) => boolean
  readonly isInside: (pid: number) => boolean
  /** Its PID inside; null: not known; undefined: it is not inside, or not known at all. */
  readonly insidePid: (pid: number) => number | null | undefined
  readonly startedAtTicks: (pid: number) => number
  readonly containerOf: (pid: number) => string | null
  readonly put: (process: ScannedProcess, inside: { readonly pid: number | null } | null) => void
  readonly remove: (pid: number) => void
  /**
   * Takes in what `stat` says now: `same` and `changed` are about the process that is known, `other` says that it is a later one under
   * the same PID, or that it became another program.
   */
  readonly compare: (bytes: Uint8Array, stat: ProcStat) => 'same' | 'changed' | 'other'
}

const FIRST_ROWS = 1024

const columns = (rows: number) => ({
  startedAtTicks: new Float64Array(rows),
  cpuTicks: new Float64Array(rows),
  rssPages: new Float64Array(rows),
  threadCount: new Int32Array(rows),
  state: new Uint8Array(rows),
  nameHash: new Int32Array(rows),
  /** -1: not inside; 0: inside, and the PID there is not known. */
  insidePid: new Int32Array(rows),
})

function enlarged(old: ReturnType<typeof columns>): ReturnType<typeof columns> {
  const larger = columns(old.state.length * 2)
  larger.startedAtTicks.set(old.startedAtTicks)
  larger.cpuTicks.set(old.cpuTicks)
  larger.rssPages.set(old.rssPages)
  larger.threadCount.set(old.threadCount)
  larger.state.set(old.state)
  larger.nameHash.set(old.nameHash)
  larger.insidePid.set(old.insidePid)
  return larger
}

export function createProcessTable(pageBytes: number | null): ProcessTable {
  const rowOf = new Map<number, number>()
  const free: number[] = []
  const containerIds: (string | null)[] = []
  let column = columns(FIRST_ROWS)

  function place(pid: number): number {
    const known = rowOf.get(pid)
    if (known !== undefined)
      return known
    const row = free.pop() ?? rowOf.size
    if (row >= column.state.length)
      column = enlarged(column)
    rowOf.set(pid, row)
    return row
  }

  return {
    size: () => rowOf.size,
    insideCount: () => [...rowOf.values()].reduce((count, row) => count + ((column.insidePid[row] ?? -1) >= 0 ? 1 : 0), 0),
    pids: () => rowOf.keys(),
    has: pid => rowOf.has(pid),
    isInside: pid => (column.insidePid[rowOf.get(pid) ?? -1] ?? -1) >= 0,
    insidePid(pid) {
      const inside = column.insidePid[rowOf.get(pid) ?? -1] ?? -1
      return inside < 0 ? undefined : inside === 0 ? null : inside
    },
    startedAtTicks: pid => column.startedAtTicks[rowOf.get(pid) ?? -1] ?? 0,
    containerOf: pid => containerIds[rowOf.get(pid) ?? -1] ?? null,
    put(process, inside) {
      const row = place(process.pid)
      const name = bytesFromText(process.comm) ?? Buffer.alloc(0)
      column.startedAtTicks[row] = process.startedAtTicks
      column.cpuTicks[row] = process.cpuTicks
      column.rssPages[row] = process.rssBytes === null || pageBytes === null ? 0 : process.rssBytes / pageBytes
      column.threadCount[row] = process.threadCount
      column.state[row] = process.state.charCodeAt(0)
      column.nameHash[row] = hashOf(name, 0, name.length)
      column.insidePid[row] = inside === null ? -1 : inside.pid ?? 0
      containerIds[row] = process.containerId
    },
    remove(pid) {
      const row = rowOf.get(pid)
      if (row === undefined)
        return
      rowOf.delete(pid)
      free.push(row)
    },
    compare(bytes, stat) {
      const row = rowOf.get(stat.pid) ?? -1
      if (column.startedAtTicks[row] !== stat.startedAtTicks || column.nameHash[row] !== hashOf(bytes, stat.commStart, stat.commEnd))
        return 'other'
      const state = stat.state.charCodeAt(0)
      const rssPages = pageBytes === null ? 0 : stat.rssPages
      if (column.cpuTicks[row] === stat.cpuTicks && column.rssPages[row] === rssPages && column.threadCount[row] === stat.threadCount && column.state[row] === state)
        return 'same'
      column.cpuTicks[row] = stat.cpuTicks
      column.rssPages[row] = rssPages
      column.threadCount[row] = stat.threadCount
      column.state[row] = state
      return 'changed'
    },
  }
}

/** FNV-1a, 32 bits: tells that a process took another name, which it can only do a few times a second. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811C9DC5 | 0
  for (let at = start; at < end; at += 1)
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash
}
