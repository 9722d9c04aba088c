import type { Buffer } from 'node:buffer'
import type { FileKind, SizeNode } from '../../shared/model/files'
import { textFromBytes } from '../parse/raw-name'

/** How many parts of the chart are worth drawing, and how many are kept before the smallest are dropped again. */
const MOST_DRAWN = 400
const MOST_KEPT = 2_000

export interface SizeTree {
  /** Begins a folder below the current one. */
  readonly enter: (name: Buffer) => void
  /** Ends the current folder. */
  readonly leave: () => void
  /** An entry of the current folder, folders too; `sizeBytes` is 0 for what does not count. */
  readonly add: (name: Buffer, kind: FileKind, sizeBytes: number) => void
  /** Ends all folders. */
  readonly finish: () => SizeNode
}

/**
 * Adds up a tree while it is walked, and keeps only its biggest parts: memory does not grow with the tree. Totals of a folder hold
 * everything below it. Of equally big parts the first seen stay.
 */
export function growSizeTree(): SizeTree {
  const root: SizeNode = { name: '/', kind: 'directory', sizeBytes: 0, entryCount: 0, children: [] }
  const open: SizeNode[] = [root]
  let kept = 0
  let floor = 0

  const current = (): SizeNode => open.at(-1) ?? root

  function keep(parent: SizeNode, node: SizeNode): void {
    parent.children.push(node)
    kept += 1
    if (kept > MOST_KEPT)
      prune()
  }

  function prune(): void {
    const ranked: SizeNode[] = []
    const collect = (node: SizeNode): void => {
      for (const child of node.children) {
        ranked.push(child)
        collect(child)
      }
    }
    open.forEach(collect)
    ranked.sort((a, b) => b.sizeBytes - a.sizeBytes)
    const drawn = new Set(ranked.slice(0, MOST_DRAWN))
    const drop = (node: SizeNode): void => {
      node.children = node.children.filter(child => drawn.has(child))
      node.children.forEach(drop)
    }
    open.forEach(drop)
    if (ranked.length > MOST_DRAWN)
      floor = ranked[MOST_DRAWN - 1]?.sizeBytes ?? floor
    kept = drawn.size
  }

  function leave(): void {
    const ended = open.length > 1 ? open.pop() : undefined
    if (ended === undefined)
      return
    const parent = current()
    parent.sizeBytes += ended.sizeBytes
    parent.entryCount += ended.entryCount
    if (ended.sizeBytes > floor)
      keep(parent, ended)
  }

  return {
    enter: (name) => {
      open.push({ name: textFromBytes(name), kind: 'directory', sizeBytes: 0, entryCount: 0, children: [] })
    },
    leave,
    add: (name, kind, sizeBytes) => {
      const parent = current()
      parent.entryCount += 1
      parent.sizeBytes += sizeBytes
      if (kind !== 'directory' && sizeBytes > floor)
        keep(parent, { name: textFromBytes(name), kind, sizeBytes, entryCount: 0, children: [] })
    },
    finish: () => {
      while (open.length > 1)
        leave()
      prune()
      sortBySize(root)
      return root
    },
  }
}

function sortBySize(node: SizeNode): void {
  node.children.sort((a, b) => b.sizeBytes - a.sizeBytes)
  node.children.forEach(sortBySize)
}
