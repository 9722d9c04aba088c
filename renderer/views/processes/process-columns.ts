import type { Column } from '../../components/data-table'
import type { HostProcess, ProcessRow } from '../../../shared/model/process'
import { formatBytes } from '../../../shared/text/format-bytes'
import { formatDuration } from '../../../shared/text/format-duration'
import type { TreeNode } from './process-tree'

/** The command line; kernel threads have none and stand in brackets, as in ps(1). */
export const commandLine = ({ command, args }: Pick<ProcessRow, 'command' | 'args'>): string =>
  args.length > 0 ? args.join(' ') : `[${command}]`

const memory = { key: 'memory', label: 'Memory', width: '88px', align: 'end', isMono: true } as const
const cpu = { key: 'cpu', label: 'CPU', width: '72px', align: 'end', isMono: true } as const
const pid = { key: 'pid', label: 'PID', width: '56px', align: 'end', isMono: true } as const
const command = { key: 'command', label: 'Command', isMono: true } as const
const user = { key: 'user', label: 'User', width: '80px' } as const

const bytes = (value: number | null): string => value === null ? 'unknown' : formatBytes(value)
const seconds = (value: number | null): string => value === null ? 'unknown' : formatDuration(value)
const userWord = (name: string | null, uid: number | null): string => name ?? (uid === null ? 'unknown' : String(uid))

const WHOSE: Record<ProcessRow['owner'], string> = {
  'this-container': 'this container',
  'other-container': 'another container',
  'host': 'the host',
  'unknown': 'unknown',
}

/** Whose a process is, in words; another container by its name. */
export const ownerWords = ({ owner, ownerName }: Pick<ProcessRow, 'owner' | 'ownerName'>): string => ownerName ?? WHOSE[owner]

export const INSIDE_COLUMNS: readonly Column<TreeNode<ProcessRow>>[] = [
  { ...pid, value: ({ row }) => row.pid, side: 'inside' },
  { ...pid, key: 'hostPid', label: 'Host', width: '64px', value: ({ row }) => row.hostPid, side: 'outside' },
  { ...user, value: ({ row }) => row.user ?? row.uid, text: ({ row }) => userWord(row.user, row.uid) },
  { ...memory, value: ({ row }) => row.rssBytes, text: ({ row }) => bytes(row.rssBytes) },
  { ...cpu, value: ({ row }) => row.cpuSeconds, text: ({ row }) => seconds(row.cpuSeconds) },
  { ...command, value: ({ row }) => commandLine(row) },
]

/** Only where processes of others can be seen: a container in the host's or another container's PID namespace. */
export const OWNER_COLUMN: Column<TreeNode<ProcessRow>> =
  { key: 'owner', label: 'Whose', width: '112px', value: ({ row }) => ownerWords(row) }

export const HOST_COLUMNS: readonly Column<TreeNode<HostProcess>>[] = [
  { ...pid, width: '64px', value: ({ row }) => row.pid, side: 'outside' },
  { ...user, value: ({ row }) => row.user ?? row.uid, text: ({ row }) => userWord(row.user, row.uid) },
  { ...memory, value: ({ row }) => row.rssBytes, text: ({ row }) => bytes(row.rssBytes) },
  { key: 'container', label: 'Container', width: '104px', value: ({ row }) => row.containerName ?? '', text: ({ row }) => row.containerName ?? '' },
  { ...command, value: ({ row }) => commandLine(row) },
]

/** A tree shows its branches first, and has less room for the rest. */
export const asTreeColumns = <Row>(columns: readonly Column<Row>[]): Column<Row>[] => [
  ...columns.filter(({ key }) => key === 'command'),
  ...columns.filter(({ key }) => ['pid', 'hostPid', 'owner', 'container'].includes(key)),
]
