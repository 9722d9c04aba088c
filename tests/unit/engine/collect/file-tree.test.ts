import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TREE_BUDGET, type TreeTotals, walkTree } from '../../../../engine/collect/file-tree'
import { openFolderAt } from '../../../../engine/sources/local-folder'
import { tempFolder } from '../../../support/temp-folder'

async function walk(path: string, { mountPoints = [] as string[], budget = TREE_BUDGET, signal = new AbortController().signal } = {}): Promise<TreeTotals> {
  const root = openFolderAt(path)
  try {
    return await walkTree(root, mountPoints, signal, budget)
  }
  finally {
    root.close()
  }
}

const countByFind = (path: string, ...options: string[]): number =>
  execFileSync('find', [path, '-xdev', '-mindepth', '1', ...options, '-printf', 'x']).length

describe('a walk of a file tree', () => {
  it('counts what find counts, and adds up the sizes of files', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'a', 'b'), { recursive: true })
    writeFileSync(join(folder, 'a', 'one'), 'x'.repeat(1000))
    writeFileSync(join(folder, 'a', 'b', 'two'), 'x'.repeat(24))
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/a/`), Buffer.from([0xFF, 0x0A])]), 'yy')
    symlinkSync('/etc', join(folder, 'etc'))
    symlinkSync('.', join(folder, 'a', 'loop'))
    execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe')])
    const { sizeTree, ...totals } = await walk(folder)
    expect(totals).toEqual({ entryCount: countByFind(folder), sizeBytes: 1026, isComplete: true, unreadableFolders: 0 })
    expect(sizeTree).toEqual({
      name: '/',
      kind: 'directory',
      sizeBytes: 1026,
      entryCount: 8,
      children: [{
        name: 'a',
        kind: 'directory',
        sizeBytes: 1026,
        entryCount: 5,
        children: [
          { name: 'one', kind: 'file', sizeBytes: 1000, entryCount: 0, children: [] },
          { name: 'b', kind: 'directory', sizeBytes: 24, entryCount: 1, children: [{ name: 'two', kind: 'file', sizeBytes: 24, entryCount: 0, children: [] }] },
          { name: '\\xff\\n', kind: 'file', sizeBytes: 2, entryCount: 0, children: [] },
        ],
      }],
    })
  })

  it('counts a file with several names as several entries and one size', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'one'), 'x'.repeat(500))
    linkSync(join(folder, 'one'), join(folder, 'two'))
    linkSync(join(folder, 'one'), join(folder, 'three'))
    expect(await walk(folder)).toMatchObject({ entryCount: 3, sizeBytes: 500 })
  })

  it('takes a sparse file at its apparent size, without reading it', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'sparse'), '')
    truncateSync(join(folder, 'sparse'), 2 ** 40)
    expect(await walk(folder)).toMatchObject({ entryCount: 1, sizeBytes: 2 ** 40 })
  })

  it('counts a mount point but not what is mounted there', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'mnt', 'data'), { recursive: true })
    writeFileSync(join(folder, 'mnt', 'data', 'big'), 'x'.repeat(9000))
    writeFileSync(join(folder, 'mnt', 'hosts'), 'y'.repeat(70))
    writeFileSync(join(folder, 'hosts'), 'z')
    expect(await walk(folder, { mountPoints: ['/', '/mnt/data', '/mnt/hosts'] })).toMatchObject({ entryCount: 4, sizeBytes: 1, isComplete: true })
  })

  it('goes 40 levels deep, and says that there is more', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, ...Array.from({ length: 60 }, () => 'd')), { recursive: true })
    const totals = await walk(folder)
    expect(totals.isComplete).toBe(false)
    expect(totals.entryCount).toBe(countByFind(folder, '-maxdepth', '41'))
  })

  it('ends at its budget of entries with what it has', async () => {
    const folder = tempFolder()
    for (let i = 0; i < 200; i += 1)
      writeFileSync(join(folder, `f${i}`), 'x')
    expect(await walk(folder, { budget: { ...TREE_BUDGET, entries: 50 } })).toMatchObject({ entryCount: 50, sizeBytes: 50, isComplete: false })
  })

  it('ends at its budget of time', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'f'), 'x')
    expect(await walk(folder, { budget: { ...TREE_BUDGET, milliseconds: 0 } })).toMatchObject({ entryCount: 0, isComplete: false })
  })

  it('closes every folder that it opened, also when it is stopped', async () => {
    const folder = tempFolder()
    for (let i = 0; i < 400; i += 1)
      mkdirSync(join(folder, `d${i % 10}`, `e${i}`), { recursive: true })
    const before = readdirSync('/proc/self/fd').length
    const stop = new AbortController()
    const walking = walk(folder, { signal: stop.signal })
    stop.abort()
    await expect(walking).rejects.toThrow()
    await walk(folder)
    await walk(folder, { budget: { ...TREE_BUDGET, entries: 100 } })
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })
})
