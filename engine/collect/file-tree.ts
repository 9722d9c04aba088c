import type { Buffer } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import type { SizeNode } from '../../shared/model/files'
import type { OpenFolder, StatedEntry } from '../sources/open-folder'
import { Unreadable } from '../sources/proc-source'
import { growSizeTree } from './size-tree'

export interface TreeBudget {
  readonly entries: number
  readonly milliseconds: number
  readonly levels: number
}

export const TREE_BUDGET: TreeBudget = { entries: 1_000_000, milliseconds: 20_000, levels: 40 }

/** The event loop gets its turn after as long, so that a window on the same thread keeps drawing. */
const SLICE_MS = 8

export interface TreeTotals {
  readonly entryCount: number
  readonly sizeBytes: number
  readonly sizeTree: SizeNode
  /** False: the budget ended the walk, or a folder could not be read: both numbers are at least that. */
  readonly isComplete: boolean
  readonly unreadableFolders: number
}

const NOTHING_MOUNTED: ReadonlySet<string> = new Set()

interface Level {
  readonly folder: OpenFolder
  /** One character a byte, with `/` at its end. */
  readonly path: string
  readonly pending: Buffer[]
}

/**
 * Counts everything below `root` on its own file system, as `find -xdev -mindepth 1` does, and adds up the apparent sizes of its
 * regular files, a file with several names once. `mountPoints` (paths below the root, one character a byte) count as names but are
 * never asked for more: what is mounted there is not the container's image, and a file system of its own making could stall us.
 */
export async function walkTree(root: OpenFolder, mountPoints: Iterable<string>, signal: AbortSignal, budget = TREE_BUDGET): Promise<TreeTotals> {
  const tree = growSizeTree()
  const mounted = namesByFolder(mountPoints)
  const seenTwice = new Set<string>()
  const levels: Level[] = []
  const endsAt = performance.now() + budget.milliseconds
  let sliceEndsAt = performance.now() + SLICE_MS
  let isWithinBudget = true
  let isTooDeep = false
  let entryCount = 0
  let unreadableFolders = 0

  /** Size of a regular file that was not counted before; 0 for everything else. */
  function sizeOf({ status }: StatedEntry): number {
    if (status === null || (status.identity !== null && seenTwice.has(status.identity)))
      return 0
    if (status.identity !== null)
      seenTwice.add(status.identity)
    return status.sizeBytes
  }

  async function giveWay(): Promise<void> {
    const now = performance.now()
    isWithinBudget &&= now < endsAt
    if (now < sliceEndsAt)
      return
    await setImmediate()
    signal.throwIfAborted()
    sliceEndsAt = performance.now() + SLICE_MS
  }

  async function open(folder: OpenFolder, path: string): Promise<void> {
    const pending: Buffer[] = []
    const mountedHere = mounted.get(path) ?? NOTHING_MOUNTED
    levels.push({ folder, path, pending })
    for (const entry of await folder.entriesWithStatus(mountedHere)) {
      if (entryCount % 64 === 0)
        await giveWay()
      isWithinBudget &&= entryCount < budget.entries
      if (!isWithinBudget)
        return
      entryCount += 1
      tree.add(entry.name, entry.kind, sizeOf(entry))
      if (entry.kind === 'directory' && !mountedHere.has(entry.name.toString('latin1')))
        pending.push(entry.name)
    }
  }

  async function openChild(parent: Level, name: Buffer): Promise<void> {
    if (levels.length > budget.levels) {
      isTooDeep = true
      return
    }
    const child = await openOrNull(parent.folder, name)
    if (child === null || child.device !== root.device) {
      child?.close()
      return
    }
    tree.enter(name)
    await open(child, `${parent.path}${name.toString('latin1')}/`)
  }

  /** Null when it is gone, or is no folder any more. */
  async function openOrNull(parent: OpenFolder, name: Buffer): Promise<OpenFolder | null> {
    try {
      return await parent.openFolder(name)
    }
    catch (error) {
      if (!(error instanceof Unreadable))
        throw error
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
        unreadableFolders += 1
      return null
    }
  }

  try {
    await open(root, '/')
    for (let level = levels.at(-1); level !== undefined && isWithinBudget; level = levels.at(-1)) {
      const name = level.pending.pop()
      if (name !== undefined) {
        await openChild(level, name)
        continue
      }
      tree.leave()
      levels.pop()
      if (level.folder !== root)
        level.folder.close()
    }
  }
  finally {
    for (const { folder } of levels) {
      if (folder !== root)
        folder.close()
    }
  }
  const sizeTree = tree.finish()
  return {
    entryCount,
    sizeBytes: sizeTree.sizeBytes,
    sizeTree,
    isComplete: isWithinBudget && !isTooDeep && unreadableFolders === 0,
    unreadableFolders,
  }
}

/** `/etc/hosts` → under `/etc/` the name `hosts`. */
function namesByFolder(paths: Iterable<string>): Map<string, Set<string>> {
  const byFolder = new Map<string, Set<string>>()
  for (const path of paths) {
    const cut = path.lastIndexOf('/') + 1
    const names = byFolder.get(path.slice(0, cut)) ?? new Set<string>()
    byFolder.set(path.slice(0, cut), names.add(path.slice(cut)))
  }
  return byFolder
}
