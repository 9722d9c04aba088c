import type { FileChanges } from '../../../shared/model/files'
import { formatCount } from '../../../shared/text/format-count'

export const CHANGE_KINDS = ['added', 'changed', 'deleted'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export interface ChangeRow {
  kind: ChangeKind
  path: string
}

/** The listed changes as rows, of one kind or of all, whose path holds the text. */
export function changeRows(changes: FileChanges, kind: ChangeKind | 'all', text: string): ChangeRow[] {
  const wanted = text.trim().toLowerCase()
  return CHANGE_KINDS
    .filter(each => kind === 'all' || kind === each)
    .flatMap(each => changes[each].map(path => ({ kind: each, path })))
    .filter(({ path }) => path.toLowerCase().includes(wanted))
}

/** What the lists do not hold: they stop at 5,000 each, the counts do not. Null: they hold everything. */
export function missingChanges(changes: FileChanges): string | null {
  const parts = CHANGE_KINDS
    .filter(kind => changes.counts[kind] > changes[kind].length)
    .map(kind => `${formatCount(changes[kind].length)} of ${formatCount(changes.counts[kind])} ${kind}`)
  return parts.length === 0 ? null : `Listed and searched: only the first ${parts.join(', ')}. The counts hold all.`
}
