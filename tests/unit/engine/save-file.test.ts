import { chmod, link, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveFile } from '../../../engine/save-file'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoscope-save-'))
  path = join(folder, 'report.pdf')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const mode = async (file: string): Promise<number> => (await stat(file)).mode & 0o777

describe('a new file', () => {
  it('holds the bytes, is readable by all as the umask allows, and leaves nothing beside it', async () => {
    await saveFile(path, new Uint8Array([0, 255, 10]))
    expect(await readFile(path)).toEqual(Buffer.from([0, 255, 10]))
    expect(await mode(path)).toBe(0o644 & ~process.umask())
    expect(await readdir(folder)).toEqual(['report.pdf'])
  })

  it('may have the longest name that a folder can hold', async () => {
    const longest = join(folder, 'n'.repeat(255))
    await saveFile(longest, 'text')
    expect(await readFile(longest, 'utf8')).toBe('text')
  })
})

describe('an existing file', () => {
  it('is replaced whole and keeps its mode', async () => {
    await writeFile(path, 'old and longer')
    await chmod(path, 0o640)
    await saveFile(path, 'new')
    expect([await readFile(path, 'utf8'), await mode(path)]).toEqual(['new', 0o640])
  })

  it('is the old one or the new one for a reader, never another', async () => {
    const [old, fresh] = ['a'.repeat(300_000), 'b'.repeat(300_000)]
    await writeFile(path, old)
    const seen = new Set<string>()
    let isDone = false
    const reading = (async () => {
      while (!isDone)
        seen.add(await readFile(path, 'utf8'))
    })()
    for (let round = 0; round < 20; round += 1)
      await saveFile(path, round % 2 ? old : fresh)
    isDone = true
    await reading
    expect([...seen].filter(text => text !== old && text !== fresh)).toEqual([])
  })

  it('behind a link is replaced, and the link stays', async () => {
    await writeFile(join(folder, 'real.pdf'), 'old')
    await symlink('real.pdf', path)
    await saveFile(path, 'new')
    expect((await lstat(path)).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'real.pdf'), 'utf8')).toBe('new')
  })

  it('with a second name leaves that name its old bytes', async () => {
    await writeFile(path, 'old')
    await link(path, join(folder, 'second'))
    await saveFile(path, 'new')
    expect(await readFile(join(folder, 'second'), 'utf8')).toBe('old')
  })
})

describe('a refused target', () => {
  const problemOf = (target: string): Promise<unknown> =>
    saveFile(target, 'text').then(() => null, (error: unknown) => typeof error === 'object' && error && 'problem' in error ? error.problem : error)

  it('may be a folder', async () => {
    await mkdir(path)
    expect(await problemOf(path)).toMatchObject({ code: 'SAVE_TARGET_FOLDER' })
    expect(await readdir(folder)).toEqual(['report.pdf'])
  })

  it('may be a device, which a rename would replace', async () => {
    await symlink('/dev/null', path)
    expect(await problemOf(path)).toMatchObject({ code: 'SAVE_TARGET_SPECIAL' })
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it.each([
    ['in a folder that is not there', ['missing', 'report.pdf']],
    ['in a file', ['file', 'report.pdf']],
    ['behind a link to nothing', ['dangling']],
  ])('may be %s', async (_words, names) => {
    await writeFile(join(folder, 'file'), '')
    await symlink('nowhere', join(folder, 'dangling'))
    expect(await problemOf(join(folder, ...names))).toMatchObject({ code: 'SAVE_FOLDER_MISSING' })
    expect((await readdir(folder)).sort()).toEqual(['dangling', 'file'])
  })

  it('may have a name that is too long', async () => {
    expect(await problemOf(join(folder, 'n'.repeat(256)))).toMatchObject({ code: 'SAVE_FAILED', what: expect.stringContaining('ENAMETOOLONG') })
  })

  it('may be read-only by its own mode, or in a folder that is', async () => {
    await writeFile(path, 'old')
    await chmod(path, 0o444)
    await chmod(folder, 0o777)
    expect(await asSomeoneElse(() => problemOf(path))).toMatchObject({ code: 'SAVE_DENIED' })
    await chmod(folder, 0o555)
    expect(await asSomeoneElse(() => problemOf(join(folder, 'new.pdf')))).toMatchObject({ code: 'SAVE_DENIED' })
    expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['report.pdf'], 'old'])
  })
})

/** Root may write everywhere, so root becomes nobody for a moment. */
async function asSomeoneElse<T>(task: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0)
    return task()
  process.seteuid?.(65534)
  try {
    return await task()
  }
  finally {
    process.seteuid?.(0)
  }
}
