import { Buffer } from 'node:buffer'
import type { Readable } from 'node:stream'
import type { FileEntry, SizeNode } from '../../shared/model/files'
import { textFromBytes } from '../parse/raw-name'
import { readTarHeaders, TarBroken, type TarEntry } from '../parse/tar-headers'
import { targetText } from './folder-entries'
import { TREE_BUDGET } from './file-tree'
import { growSizeTree, type SizeTree } from './size-tree'

export interface ExportBudget {
  readonly bytes: number
  readonly entries: number
  readonly milliseconds: number
}

export const EXPORT_BUDGET: ExportBudget = { bytes: 2 * 1024 ** 3, entries: TREE_BUDGET.entries, milliseconds: 60_000 }

export interface ExportedFiles {
  /** The names in `/`; those that were read, when it is not complete. */
  readonly rootEntries: FileEntry[]
  readonly entryCount: number
  readonly sizeBytes: number
  readonly sizeTree: SizeNode
  /** Why it ended too early; null when it is complete. */
  readonly cutBecause: string | null
}

/**
 * Counts a container's files from `GET /containers/{id}/export`, a tar of its root file system: headers only, bodies are thrown away.
 * The stream is always destroyed at the end. Rejects only when `signal` ends it.
 */
export async function readExportedFiles(stream: Readable, signal: AbortSignal, budget = EXPORT_BUDGET): Promise<ExportedFiles> {
  const headers = readTarHeaders()
  const tree = growSizeTree()
  const folders: Buffer[] = []
  const root: { name: Buffer, entry: FileEntry }[] = []
  let entryCount = 0
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    stream.destroy()
  }, budget.milliseconds)
  const onAbort = (): void => {
    stream.destroy()
  }
  signal.addEventListener('abort', onAbort, { once: true })

  function take(entry: TarEntry): void {
    const names = levelsOf(entry.path)
    const name = names.pop()
    if (name === undefined)
      return // the root itself
    entryCount += 1
    if (names.length === 0)
      root.push({ name, entry: describe(name, entry) })
    goTo(tree, folders, names)
    tree.add(name, entry.kind, entry.sizeBytes)
  }

  async function readAll(): Promise<string | null> {
    try {
      for await (const chunk of stream) {
        for (const entry of headers.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)))
          take(entry)
        if (headers.offset() > budget.bytes || entryCount > budget.entries)
          return 'it is larger than Isoscope reads'
      }
    }
    catch (error) {
      signal.throwIfAborted()
      if (error instanceof TarBroken)
        return error.message
      if (!isLate)
        return `the engine stopped sending: ${error instanceof Error ? error.message : String(error)}`
    }
    if (isLate)
      return `it took longer than ${budget.milliseconds / 1000} s`
    return headers.isAtEnd() ? null : 'the engine stopped in the middle'
  }

  try {
    const cutBecause = await readAll()
    signal.throwIfAborted()
    const sizeTree = tree.finish()
    return {
      rootEntries: root.sort((a, b) => Buffer.compare(a.name, b.name)).map(({ entry }) => entry),
      entryCount,
      sizeBytes: sizeTree.sizeBytes,
      sizeTree,
      cutBecause,
    }
  }
  finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    stream.destroy()
  }
}

/** `./a//b/` → `a`, `b`. A `..` stays a name like any other: nothing is ever opened by it. */
const levelsOf = (path: Buffer): Buffer[] =>
  path.toString('latin1').split('/').filter(name => name !== '' && name !== '.').map(name => Buffer.from(name, 'latin1'))

/** Moves the tree to the folder that `names` lead to; what is deeper than the walk of a live one goes is counted in the last level. */
function goTo(tree: SizeTree, folders: Buffer[], names: readonly Buffer[]): void {
  const wanted = names.slice(0, TREE_BUDGET.levels)
  const common = folders.findIndex((name, level) => !wanted[level]?.equals(name))
  while (folders.length > (common < 0 ? folders.length : common)) {
    folders.pop()
    tree.leave()
  }
  for (const name of wanted.slice(folders.length)) {
    folders.push(name)
    tree.enter(name)
  }
}

const describe = (name: Buffer, entry: TarEntry): FileEntry => ({
  name: textFromBytes(name),
  kind: entry.kind,
  sizeBytes: entry.kind === 'file' ? entry.sizeBytes : null,
  linkTarget: entry.linkTarget === null ? null : targetText(entry.linkTarget),
})
