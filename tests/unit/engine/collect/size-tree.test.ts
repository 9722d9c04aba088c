import { describe, expect, it } from 'vitest'
import { growSizeTree } from '../../../../engine/collect/size-tree'
import type { SizeNode } from '../../../../shared/model/files'

const nodesIn = (node: SizeNode): number => 1 + node.children.reduce((sum, child) => sum + nodesIn(child), 0)
const name = (text: string): Buffer => Buffer.from(text)

describe('the size tree', () => {
  it('keeps the biggest parts and the whole totals', () => {
    const tree = growSizeTree()
    let total = 0
    for (let folder = 0; folder < 100; folder += 1) {
      tree.add(name(`d${folder}`), 'directory', 0)
      tree.enter(name(`d${folder}`))
      for (let file = 0; file < 100; file += 1) {
        tree.add(name(`f${file}`), 'file', folder * 100 + file)
        total += folder * 100 + file
      }
      tree.leave()
    }
    const root = tree.finish()
    expect([root.sizeBytes, root.entryCount]).toEqual([total, 100 * 101])
    expect(nodesIn(root)).toBe(401)
    expect(root.children[0]).toMatchObject({ name: 'd99', entryCount: 100, sizeBytes: 994_950 })
    expect(root.children[0]?.children.slice(0, 2).map(child => child.name)).toEqual(['f99', 'f98'])
  })

  it('draws a part only with the folder that it is in', () => {
    const tree = growSizeTree()
    for (const folder of ['a', 'b', 'c'])
      tree.enter(name(folder))
    tree.add(name('big'), 'file', 10)
    const [a] = tree.finish().children
    expect(a).toMatchObject({ name: 'a', sizeBytes: 10, children: [{ name: 'b', children: [{ name: 'c', children: [{ name: 'big' }] }] }] })
  })

  it('stays small when thousands of parts are equally big', () => {
    const tree = growSizeTree()
    for (let file = 0; file < 20_000; file += 1)
      tree.add(name(`f${file}`), 'file', 7)
    const root = tree.finish()
    expect([nodesIn(root), root.sizeBytes, root.entryCount]).toEqual([401, 140_000, 20_000])
  })

  it('leaves empty parts out', () => {
    const tree = growSizeTree()
    tree.add(name('empty'), 'file', 0)
    tree.enter(name('folder'))
    tree.leave()
    expect(tree.finish().children).toEqual([])
  })
})
