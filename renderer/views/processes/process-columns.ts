import type { Column } from '../../components/data-table'
import type { HostProcess, ProcessRow } from '../../../shared/model/process'
import { formatBytes } from '../../../shared/text/format-bytes'
import { formatCpuTime } from '../../../shared/text/format-cpu-time'
import type { TreeNode } from './process-tree'

/** The command line; kernel threads have none and stand in brackets, as in ps(1). */
export const commandLine = ({ command, args }: Pick<ProcessRow, 'command' | 'args'>): string =>
  args.length > 0 ? args.join(' ') : `[${command}]`

const memory = { key: 'memory', label: 'Memory', width: 88, align: 'end', isMono: true, isSpare: true } as const
const cpu = { key: 'cpu', label: 'CPU', width: 72, align: 'end', isMono: true, isSpare: true } as const
const pid = { key: 'pid', label: 'PID', width: 56, align: 'end', isMono: true } as const
const command = { key: 'command', label: 'Command', isMono: true } as const
const user = { key: 'user', label: 'User', width: 80, isSpare: true } as const

const bytes = (value: number | null): string => value === null ? 'unknown' : formatBytes(value)
const userWord = (name: string | null, uid: number | null): string => name ?? (uid === null ? 'unknown' : String(uid))

const WHOSE: Record<ProcessRow['owner'], string> = {
  'this-container': 'this container',
  'other-container': 'another container',
  'host': 'the host',
  'unknown': 'unknown',
}

/** Whose a process is, in words; another container by its name. */
export const ownerWords = ({ owner, ownerName }: Pick<ProcessRow, 'owner' | 'ownerName'>): string => ownerName ?? WHOSE[owner]

/** Only where processes of others can be seen: a container in the host's or another container's PID namespace. */
const owner: Column<TreeNode<ProcessRow>> = { key: 'owner', label: 'Whose', width: 112, value: ({ row }) => ownerWords(row) }

/** What fits these rows. `isReported`: they are the engine's own words, not the kernel's. */
export const insideColumns = (rows: readonly ProcessRow[], isReported: boolean): readonly Column<TreeNode<ProcessRow>>[] => [
  { ...pid, ...rows.some(row => row.pid === null) ? { width: 80 } : {}, value: ({ row }) => row.pid, side: 'inside' },
  { ...pid, key: 'hostPid', label: 'Host', width: 64, value: ({ row }) => row.hostPid, side: 'outside' },
  { ...user, value: ({ row }) => row.user ?? row.uid, text: ({ row }) => userWord(row.user, row.uid) },
  { ...memory, value: ({ row }) => row.rssBytes, text: ({ row }) => bytes(row.rssBytes) },
  { ...cpu, value: ({ row }) => row.cpuSeconds, text: ({ row }) => row.cpuSeconds === null ? 'unknown' : formatCpuTime(row.cpuSeconds, isReported) },
  ...rows.some(row => row.owner !== 'this-container') ? [owner] : [],
  { ...command, value: ({ row }) => commandLine(row) },
]

export const HOST_COLUMNS: readonly Column<TreeNode<HostProcess>>[] = [
  { ...pid, width: 64, value: ({ row }) => row.pid, side: 'outside' },
  { ...user, value: ({ row }) => row.user ?? row.uid, text: ({ row }) => userWord(row.user, row.uid) },
  { ...memory, value: ({ row }) => row.rssBytes, text: ({ row }) => bytes(row.rssBytes) },
  { key: 'container', label: 'Container', width: 104, value: ({ row }) => row.containerName ?? '', text: ({ row }) => row.containerName ?? '' },
  { ...command, value: ({ row }) => commandLine(row) },
]

/** A tree shows its branches first, and has less room for the rest. */
export const asTreeColumns = <Row>(columns: readonly Column<Row>[]): Column<Row>[] => [
  ...columns.filter(({ key }) => key === 'command'),
  ...columns.filter(({ key }) => ['pid', 'hostPid', 'owner', 'container'].includes(key)),
]
