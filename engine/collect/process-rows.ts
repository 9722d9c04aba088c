import type { HostProcess, ProcessRow } from '../../shared/model/process'
import type { IdMapping } from '../../shared/model/users'
import { idInside } from '../parse/proc-id-map'
import { TICKS_PER_SECOND } from '../parse/proc-stat'
import type { ScannedProcess } from './scanned-process'

/** What names users and ids on both sides of the wall. */
export interface UserNames {
  readonly inside: ReadonlyMap<number, string>
  readonly host: ReadonlyMap<number, string>
  readonly uidMap: readonly IdMapping[] | null
}

/** What a row says beyond its process itself. */
export interface RowSurroundings {
  readonly names: UserNames
  readonly container: { readonly id: string, readonly name: string }
  /** Id → name of every container that the engine knows. */
  readonly containerNames: ReadonlyMap<string, string>
  /** In milliseconds since 1970; null: not known. */
  readonly bootedAtMs: number | null
}

/** A process as the engine's machine has it. */
export const hostRow = (process: ScannedProcess, around: RowSurroundings): HostProcess => ({
  ...facts(process, around),
  pid: process.pid,
  ppid: process.ppid,
  uid: process.effectiveUid,
  user: nameOf(around.names.host, process.effectiveUid),
  containerId: process.containerId,
  containerName: process.containerId === null ? null : around.containerNames.get(process.containerId) ?? null,
})

/** A process that the container sees, from both sides. `insidePid`: the PID inside of one that it sees, by its PID on the host. */
export function insideRow(process: ScannedProcess, insidePid: (hostPid: number) => number | null | undefined, around: RowSurroundings): ProcessRow {
  const { names } = around
  const uid = process.effectiveUid === null || names.uidMap === null ? null : idInside(names.uidMap, process.effectiveUid)
  const parent = insidePid(process.ppid)
  return {
    ...facts(process, around),
    pid: insidePid(process.pid) ?? null,
    hostPid: process.pid,
    // The kernel shows parent 0 for a process whose parent is outside of the reader's PID namespace (an exec'd one, the first one).
    ppid: parent === undefined ? 0 : parent,
    hostPpid: process.ppid,
    uid,
    hostUid: process.effectiveUid,
    user: nameOf(names.inside, uid),
    hostUser: nameOf(names.host, process.effectiveUid),
    ...ownerOf(process, around),
  }
}

const facts = (process: ScannedProcess, { bootedAtMs }: RowSurroundings) => ({
  state: process.state,
  command: process.comm,
  args: [...process.args],
  startedAt: bootedAtMs === null ? null : new Date(bootedAtMs + process.startedAtTicks * (1000 / TICKS_PER_SECOND)).toISOString(),
  startedAtTicks: process.startedAtTicks,
  rssBytes: process.rssBytes,
  cpuSeconds: process.cpuTicks / TICKS_PER_SECOND,
  threadCount: process.threadCount,
})

const nameOf = (names: ReadonlyMap<number, string>, uid: number | null): string | null => uid === null ? null : names.get(uid) ?? null

function ownerOf({ containerId }: ScannedProcess, { container, containerNames }: RowSurroundings): Pick<ProcessRow, 'owner' | 'ownerName'> {
  if (containerId === null)
    return { owner: 'host', ownerName: null }
  return containerId === container.id
    ? { owner: 'this-container', ownerName: container.name }
    : { owner: 'other-container', ownerName: containerNames.get(containerId) ?? null }
}
