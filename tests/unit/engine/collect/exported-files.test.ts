import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { EXPORT_BUDGET, readExportedFiles } from '../../../../engine/collect/exported-files'
import { packTar } from '../../../support/pack-tar'

/** What an engine's export looks like: folders before what is in them, hard links to earlier files. */
const exported = (): Promise<Buffer> => packTar(
  { name: '.dockerenv' },
  { name: 'bin', type: 'directory' },
  { name: 'bin/busybox', body: 'x'.repeat(1000) },
  { name: 'bin/same', type: 'link', linkname: 'bin/busybox' },
  { name: 'bin/sh', type: 'symlink', linkname: 'busybox' },
  { name: 'etc', type: 'directory' },
  { name: 'etc/a', type: 'directory' },
  { name: 'etc/a/deep', body: 'y'.repeat(24) },
  { name: 'lib', type: 'symlink', linkname: '/etc/shadow' },
  { name: '../outside', body: 'z' },
)

const never = new AbortController().signal

describe('the engine\'s export of a container', () => {
  it('gives names, counts and sizes as a walk would', async () => {
    const { rootEntries, sizeTree, ...totals } = await readExportedFiles(Readable.from([await exported()]), never)
    expect(totals).toEqual({ entryCount: 10, sizeBytes: 1025, cutBecause: null })
    expect(rootEntries).toEqual([
      { name: '.dockerenv', kind: 'file', sizeBytes: 0, linkTarget: null },
      { name: 'bin', kind: 'directory', sizeBytes: null, linkTarget: null },
      { name: 'etc', kind: 'directory', sizeBytes: null, linkTarget: null },
      { name: 'lib', kind: 'link', sizeBytes: null, linkTarget: '/etc/shadow' },
    ])
    expect(sizeTree.children.map(({ name, entryCount, sizeBytes }) => [name, entryCount, sizeBytes])).toEqual([['bin', 3, 1000], ['etc', 2, 24], ['..', 1, 1]])
  })

  it.each([
    ['in the middle of a body', (archive: Buffer) => archive.subarray(0, 1700), 'the engine stopped in the middle'],
    ['before its end', (archive: Buffer) => archive.subarray(0, 1024), 'the engine stopped in the middle'],
    ['with other bytes', (archive: Buffer) => Buffer.concat([archive.subarray(0, 1024), Buffer.alloc(512, 1)]), 'not a tar entry at byte 1024: its checksum is wrong'],
  ])('is partial when it ends %s', async (_, cut, because) => {
    expect(await readExportedFiles(Readable.from([cut(await exported())]), never)).toMatchObject({ cutBecause: because })
  })

  it('is partial when it is larger than the budget, and its stream is closed', async () => {
    const stream = Readable.from([await exported()])
    expect(await readExportedFiles(stream, never, { ...EXPORT_BUDGET, bytes: 1024 })).toMatchObject({ cutBecause: 'it is larger than Isoscope reads' })
    expect(stream.destroyed).toBe(true)
  })

  it('is partial when the engine takes too long', async () => {
    const silent = new Readable({ read() {} })
    expect(await readExportedFiles(silent, never, { ...EXPORT_BUDGET, milliseconds: 20 })).toMatchObject({ entryCount: 0, cutBecause: 'it took longer than 0.02 s' })
    expect(silent.destroyed).toBe(true)
  })

  it('is partial when the connection breaks', async () => {
    const broken = new Readable({ read() { this.destroy(new Error('socket hang up')) } })
    expect(await readExportedFiles(broken, never)).toMatchObject({ cutBecause: 'the engine stopped sending: socket hang up' })
  })

  it('stops when nobody wants it any more', async () => {
    const stop = new AbortController()
    const silent = new Readable({ read() {} })
    const reading = readExportedFiles(silent, stop.signal)
    stop.abort()
    await expect(reading).rejects.toThrow()
    expect(silent.destroyed).toBe(true)
  })
})
