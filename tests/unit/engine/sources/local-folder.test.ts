import { execFileSync } from 'node:child_process'
import { closeSync, linkSync, mkdirSync, openSync, readdirSync, rmdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ContainerRoot, openContainerRoot, rootAt } from '../../../../engine/sources/container-root'
import { openFolderAt } from '../../../../engine/sources/local-folder'
import { localProc } from '../../../../engine/sources/local-proc'
import { Unreadable } from '../../../../engine/sources/proc-source'
import { tempFolder } from '../../../support/temp-folder'

const bytes = (...names: string[]): Buffer[] => names.map(name => Buffer.from(name, 'latin1'))
const SECRET = 'canary-7f3a'

let outside: string
let inside: string
let root: ContainerRoot

beforeEach(() => {
  outside = tempFolder()
  inside = tempFolder()
  writeFileSync(join(outside, 'secret'), SECRET)
  mkdirSync(join(inside, 'etc'))
  writeFileSync(join(inside, 'etc', 'passwd'), 'root:x:0:0')
  root = rootAt(openFolderAt(inside))
  return () => root.close()
})

/** The error's code, or null when nothing was refused. */
async function codeOf(ask: () => Promise<unknown>): Promise<string | null> {
  try {
    await ask()
    return null
  }
  catch (error) {
    if (error instanceof Unreadable)
      return error.code
    throw error
  }
}

describe('a folder held open', () => {
  it('lists what is in it with its kind, and follows nothing', async () => {
    symlinkSync(join(outside, 'secret'), join(inside, 'absolute'))
    symlinkSync('loop', join(inside, 'loop'))
    execFileSync('/usr/bin/mkfifo', [join(inside, 'pipe')])
    const kinds = new Map((await root.list([])).map(({ name, kind }) => [name.toString(), kind]))
    expect(kinds).toEqual(new Map([['absolute', 'link'], ['etc', 'directory'], ['loop', 'link'], ['pipe', 'fifo']]))
    expect((await root.folder.linkTarget(Buffer.from('absolute')))?.toString()).toBe(join(outside, 'secret'))
    expect((await root.folder.linkTarget(Buffer.from('loop')))?.toString()).toBe('loop')
  })

  it('has names in bytes, also those that are not text', async () => {
    const names = bytes('a\nb', '\xFF\xFE', '\xFF\xFD', ' -rf', '\x1B[31m')
    for (const name of names)
      writeFileSync(Buffer.concat([Buffer.from(`${inside}/`), name]), '')
    const found = (await root.list([])).map(({ name }) => name.toString('latin1')).sort()
    expect(found).toEqual([...names.map(name => name.toString('latin1')), 'etc'].sort())
    expect((await root.folder.status(Buffer.from('\xFF\xFE', 'latin1')))?.sizeBytes).toBe(0)
  })

  it.each(['', '.', '..', 'etc/passwd', '../secret', 'etc\0'])('takes no more than one level at a time: %j', async (name) => {
    expect(await codeOf(() => root.folder.openFolder(Buffer.from(name)))).toBe('ENOENT')
    expect(await codeOf(() => root.folder.status(Buffer.from(name)))).toBe('ENOENT')
  })

  it('knows a folder that was deleted while someone is in it', async () => {
    mkdirSync(join(inside, 'used'))
    const user = openSync(join(inside, 'used'), 'r')
    const isEmptied = (): boolean => {
      const folder = openFolderAt(`/proc/self/fd/${user}`)
      folder.close()
      return folder.isEmptied
    }
    expect(isEmptied()).toBe(false)
    rmdirSync(join(inside, 'used'))
    expect(isEmptied()).toBe(true)
    closeSync(user)
  })

  it('gives its own errors names that a person can read', async () => {
    await expect(root.list(bytes('etc', 'no\nwhere'))).rejects.toThrow(`${inside}/etc/no\\nwhere: ENOENT`)
  })
})

describe('the root of a container', () => {
  it('is not left through a link, wherever the link is', async () => {
    symlinkSync(outside, join(inside, 'way-out'))
    expect(await codeOf(() => root.list(bytes('way-out')))).toBe('ENOTDIR')
    expect(await codeOf(() => root.list(bytes('way-out', 'deeper')))).toBe('ENOTDIR')
    expect(await codeOf(() => root.readSmallFile(['way-out', 'secret'], 100))).toBe('ENOTDIR')
  })

  it('gives a small file, and null when there is none', async () => {
    expect((await root.readSmallFile(['etc', 'passwd'], 100))?.toString()).toBe('root:x:0:0')
    expect((await root.readSmallFile(['etc', 'passwd'], 4))?.toString()).toBe('root')
    expect(await root.readSmallFile(['etc', 'shadow'], 100)).toBeNull()
    expect(await root.readSmallFile(['nowhere', 'passwd'], 100)).toBeNull()
  })

  it('gives no file through a link, and never waits for a pipe', async () => {
    symlinkSync(join(outside, 'secret'), join(inside, 'etc', 'link'))
    execFileSync('/usr/bin/mkfifo', [join(inside, 'etc', 'pipe')])
    expect(await codeOf(() => root.readSmallFile(['etc', 'link'], 100))).toBe('not a regular file')
    expect(await codeOf(() => root.readSmallFile(['etc', 'pipe'], 100))).toBe('not a regular file')
    expect(await codeOf(() => root.readSmallFile(['etc'], 100))).toBe('not a regular file')
  })

  it('reads no further than it was told, however large the file says it is', async () => {
    writeFileSync(join(inside, 'sparse'), '')
    truncateSync(join(inside, 'sparse'), 2 ** 40)
    expect(await root.readSmallFile(['sparse'], 16)).toEqual(Buffer.alloc(16))
  })

  it.each([
    ['/var/run/docker.sock', '/run/docker.sock'],
    ['/etc/passwd', '/etc/passwd'],
    ['/not/there/../here', '/not/here'],
    ['/outward/secret', '/secret'],
    ['/host/etc', '/etc'],
    ['/', '/'],
    ['/loop', null],
  ])('resolves %s inside itself to %s', async (path, resolved) => {
    mkdirSync(join(inside, 'var'))
    symlinkSync('/run', join(inside, 'var', 'run'))
    symlinkSync('../../../../..', join(inside, 'outward'))
    symlinkSync('.//.', join(inside, 'host'))
    symlinkSync('loop', join(inside, 'loop'))
    expect(await root.resolve(path)).toBe(resolved)
  })

  it('leaves no descriptor open, also when it is refused', async () => {
    symlinkSync(outside, join(inside, 'etc', 'link'))
    const open = (): number => readdirSync('/proc/self/fd').length
    const before = open()
    await root.list(bytes('etc'))
    await codeOf(() => root.list(bytes('etc', 'link')))
    await codeOf(() => root.readSmallFile(['etc', 'link'], 10))
    await root.readSmallFile(['etc', 'passwd'], 10)
    await root.resolve('/etc/link/x')
    expect(open()).toBe(before)
  })

  it('tells names of one file from two files', async () => {
    linkSync(join(inside, 'etc', 'passwd'), join(inside, 'etc', 'same'))
    writeFileSync(join(inside, 'etc', 'other'), '')
    const [one, same, other] = await root.within(bytes('etc'), folder => Promise.all(bytes('passwd', 'same', 'other').map(name => folder.status(name))))
    expect(one?.identity).toBe(same?.identity)
    expect(one?.identity).toEqual(expect.any(String))
    expect(other?.identity).toBeNull()
  })

  it('is reached through the magic link of its process', async () => {
    const self = await openContainerRoot(localProc('/proc'), process.pid)
    const names = (await self.list([])).map(({ name }) => name.toString())
    self.close()
    expect(names.sort()).toEqual(readdirSync('/').sort())
  })

  it('is Unreadable when its process is gone', async () => {
    expect(await codeOf(() => openContainerRoot(localProc(inside), 4194304))).toBe('ENOENT')
  })
})
