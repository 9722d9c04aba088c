import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTarHeaders, TarBroken, type TarEntry } from '../../../../engine/parse/tar-headers'
import { packTar } from '../../../support/pack-tar'
import { tempFolder } from '../../../support/temp-folder'

const readAll = (archive: Buffer, chunkSize = archive.length): TarEntry[] => {
  const headers = readTarHeaders()
  const found: TarEntry[] = []
  for (let at = 0; at < archive.length; at += chunkSize)
    found.push(...headers.push(archive.subarray(at, at + chunkSize)))
  return found
}

const rows = (entries: readonly TarEntry[]): unknown[] =>
  entries.map(({ path, kind, sizeBytes, linkTarget }) => [path.toString('latin1'), kind, sizeBytes, linkTarget?.toString('latin1') ?? null])

/** One header block by hand: 512 bytes with a right checksum. */
function block(name: string, flag: string, size: string | Buffer = '0', changed: (header: Buffer) => void = () => {}): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 'latin1')
  Buffer.from(size).copy(header, 124)
  header.write(flag, 156, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  changed(header)
  header.fill(0x20, 148, 156)
  header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

const body = (text: string): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc((512 - text.length % 512) % 512)])
const octal = (size: number): string => size.toString(8).padStart(11, '0')
const END = Buffer.alloc(1024)

describe('the headers of a tar', () => {
  it('are those that another packer wrote', async () => {
    const archive = await packTar(
      { name: 'etc', type: 'directory' },
      { name: 'etc/passwd', body: 'root:x:0:0' },
      { name: 'bin/sh', type: 'symlink', linkname: 'busybox' },
      { name: 'dev/null', type: 'character-device' },
      { name: 'run/pipe', type: 'fifo' },
      { name: `long/${'x'.repeat(300)}/é`, body: 'y'.repeat(1000) },
    )
    expect(rows(readAll(archive))).toEqual([
      ['etc', 'directory', 0, null],
      ['etc/passwd', 'file', 10, null],
      ['bin/sh', 'link', 0, 'busybox'],
      ['dev/null', 'character-device', 0, null],
      ['run/pipe', 'fifo', 0, null],
      [`long/${'x'.repeat(300)}/\xC3\xA9`, 'file', 1000, null],
    ])
  })

  it.each(['gnu', 'pax', 'ustar'])('are those of GNU tar in its %s format, hard links without a size', (format) => {
    const folder = tempFolder()
    const long = 'n'.repeat(format === 'ustar' ? 90 : 200)
    mkdirSync(join(folder, 'd'))
    writeFileSync(join(folder, 'd', long), 'abc')
    linkSync(join(folder, 'd', long), join(folder, 'd', 'zz'))
    symlinkSync('t'.repeat(format === 'ustar' ? 90 : 200), join(folder, 'link'))
    const archive = execFileSync('tar', [`--format=${format}`, '--sort=name', '-cf', '-', 'd', 'link'], { cwd: folder, maxBuffer: 1 << 20 })
    expect(rows(readAll(archive))).toEqual([
      ['d/', 'directory', 0, null],
      [`d/${long}`, 'file', 3, null],
      ['d/zz', 'file', 0, null],
      ['link', 'link', 0, 't'.repeat(format === 'ustar' ? 90 : 200)],
    ])
  })

  it('are the same however the stream is cut', async () => {
    const archive = await packTar({ name: 'a', body: 'x'.repeat(700) }, { name: 'p'.repeat(200), body: 'y' }, { name: 'c', type: 'directory' })
    const whole = rows(readAll(archive))
    fc.assert(fc.property(fc.integer({ min: 1, max: 1500 }), size => JSON.stringify(rows(readAll(archive, size))) === JSON.stringify(whole)), { numRuns: 40 })
  })

  it('keep names that are not UTF-8 apart', () => {
    const archive = Buffer.concat([block('bad\xFF\xFE', '0'), block('bad\xFF\xFD', '0'), block('x', 'x', octal(14)), body('14 path=bad\xFF\xFC\n'), block('short', '0'), END])
    expect(rows(readAll(archive)).map(row => JSON.stringify(row))).toEqual([
      '["bad\u00FF\u00FE","file",0,null]',
      '["bad\u00FF\u00FD","file",0,null]',
      '["bad\u00FF\u00FC","file",0,null]',
    ])
  })

  it('have sizes beyond eight gigabytes', () => {
    const tebibyte = Buffer.from([0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    expect(readAll(block('sparse', '0', tebibyte)).map(({ sizeBytes }) => sizeBytes)).toEqual([2 ** 40])
    expect(readAll(Buffer.concat([block('x', 'x', octal(22)), body('22 size=1099511627776\n'), block('sparse', '0')])).map(({ sizeBytes }) => sizeBytes)).toEqual([2 ** 40])
  })

  it('end with blocks of zeros', async () => {
    const headers = readTarHeaders()
    headers.push(await packTar({ name: 'a', body: 'x' }))
    expect(headers.isAtEnd()).toBe(true)
  })

  it('do not end in the middle of a body', () => {
    const headers = readTarHeaders()
    headers.push(Buffer.concat([block('a', '0', octal(2000)), Buffer.alloc(600)]))
    expect(headers.isAtEnd()).toBe(false)
  })
})

describe('a tar that lies', () => {
  it.each([
    ['a wrong checksum', Buffer.concat([block('a', '0').fill(0x31, 0, 1)])],
    ['no tar', Buffer.alloc(512, 0x41)],
    ['a name of two gigabytes', block('x', 'x', octal(2 ** 31))],
  ])('is broken: %s', (_, archive) => {
    expect(() => readAll(archive)).toThrow(TarBroken)
  })

  it.each([
    ['a NUL in a PAX path', '12 path=a\0b\n'],
    ['a length that is too long', '99 path=abc\n'],
    ['a length of nothing', '0 path=abc\n'],
    ['a negative length', '-12 path=abc\n'],
    ['no length', 'path=abc\n'],
    ['a key that is no key of ours', '20 __proto__=path=x\n'],
    ['a size that is none', '14 size=-5555\n'],
  ])('has that record ignored: %s', (_, record) => {
    const archive = Buffer.concat([block('x', 'x', octal(record.length)), body(record), block('plain', '0', octal(3)), body('abc'), END])
    expect(rows(readAll(archive))).toEqual([['plain', 'file', 3, null]])
  })

  it('shows names that lead elsewhere as they are', () => {
    expect(readAll(Buffer.concat([block('../x', '0'), block('/etc/x', '0'), block('C:\\x', '0')])).map(({ path }) => path.toString())).toEqual(['../x', '/etc/x', 'C:\\x'])
  })

  it('never hangs, and throws nothing but TarBroken', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 1, max: 600 }), (bytes, size) => {
      try {
        readAll(Buffer.from(bytes), size)
      }
      catch (error) {
        return error instanceof TarBroken
      }
      return true
    }))
  })
})
