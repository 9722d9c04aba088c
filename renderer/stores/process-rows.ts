import type { ProcessTick } from '../../shared/model/live'
import type { HostProcess, ProcessRow } from '../../shared/model/process'
import { processKey } from './selection'

/** The rows of both sides, by process. */
export interface ProcessRows {
  readonly inside: ReadonlyMap<string, ProcessRow>
  readonly host: ReadonlyMap<string, HostProcess>
}

export const NO_ROWS: ProcessRows = { inside: new Map(), host: new Map() }

/** The rows after a tick. A row that did not change stays the same object, and so do all of them when nothing changed. */
export function applyTick(rows: ProcessRows, { isWhole, arrived, left, changed }: ProcessTick): ProcessRows {
  if (!isWhole && arrived.inside.length + arrived.host.length + left.length + changed.length === 0)
    return rows
  const inside = new Map(isWhole ? [] : rows.inside)
  const host = new Map(isWhole ? [] : rows.host)
  for (const [pid, startedAtTicks] of left) {
    inside.delete(processKey(pid, startedAtTicks))
    host.delete(processKey(pid, startedAtTicks))
  }
  for (const row of arrived.inside)
    inside.set(processKey(row.hostPid, row.startedAtTicks), row)
  for (const row of arrived.host)
    host.set(processKey(row.pid, row.startedAtTicks), row)
  for (const [pid, startedAtTicks, state, cpuSeconds, rssBytes, threadCount] of changed) {
    const key = processKey(pid, startedAtTicks)
    const now = { state, cpuSeconds, rssBytes, threadCount }
    change(inside, key, now)
    change(host, key, now)
  }
  return { inside, host }
}

function change<Row extends ProcessRow | HostProcess>(rows: Map<string, Row>, key: string, now: Partial<ProcessRow & HostProcess>): void {
  const row = rows.get(key)
  if (row)
    rows.set(key, { ...row, ...now })
}
