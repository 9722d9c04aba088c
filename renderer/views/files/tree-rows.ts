import type { FileEntry } from '../../../shared/model/files'
import type { Problem } from '../../../shared/model/problem'
import { type FolderState, folderKey } from '../../stores/folders'

/** One row of the tree: a name, or in its place what is known of a folder instead of names. */
export type TreeRow = { key: string, level: number, names: readonly string[] } & (
  | { kind: 'entry', entry: FileEntry, isOpen: boolean | null }
  | { kind: 'listing' }
  | { kind: 'failed', problem: Problem }
  | { kind: 'empty' }
  | { kind: 'more', count: number }
)

const ROOT: FileEntry = { name: '/', kind: 'directory', sizeBytes: null, linkTarget: null }

/** The tree as a flat list: `/`, then each open folder's names below it. Links are never opened, whatever they lead to. */
export function treeRows(folders: ReadonlyMap<string, FolderState>, openKeys: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const add = (entry: FileEntry, names: readonly string[], level: number): void => {
    const key = folderKey(names)
    const isFolder = entry.kind === 'directory'
    const isOpen = isFolder && openKeys.has(key)
    rows.push({ kind: 'entry', key: `entry ${key}`, level, names, entry, isOpen: isFolder ? isOpen : null })
    if (isOpen)
      rows.push(...insteadOfNames(folders.get(key), names, level + 1))
    const state = folders.get(key)
    if (isOpen && state?.status === 'listed') {
      for (const child of state.listing.entries)
        add(child, [...names, child.name], level + 1)
      if (state.listing.omittedCount > 0)
        rows.push({ kind: 'more', key: `more ${key}`, level: level + 1, names, count: state.listing.omittedCount })
    }
  }
  add(ROOT, [], 1)
  return rows
}

function insteadOfNames(state: FolderState | undefined, names: readonly string[], level: number): TreeRow[] {
  const place = { level, names, key: `state ${folderKey(names)}` }
  if (state?.status === 'listing')
    return [{ ...place, kind: 'listing' }]
  if (state?.status === 'failed')
    return [{ ...place, kind: 'failed', problem: state.problem }]
  return state?.status === 'listed' && state.listing.entries.length === 0 ? [{ ...place, kind: 'empty' }] : []
}
