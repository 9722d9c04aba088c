import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { listFolder } from '../../../../engine/collect/list-folder'
import { localProc } from '../../../../engine/sources/local-proc'
import { ProblemError } from '../../../../shared/model/problem'
import { tempFolder } from '../../../support/temp-folder'

let procRoot: string
let root: string

beforeEach(() => {
  procRoot = tempFolder()
  root = tempFolder()
  mkdirSync(join(procRoot, '7'))
  symlinkSync(root, join(procRoot, '7', 'root'))
})

const list = (...names: string[]): Promise<unknown> => listFolder({ proc: localProc(procRoot), hostPid: 7 }, names)

async function codeOf(ask: () => Promise<unknown>): Promise<string | null> {
  try {
    await ask()
    return null
  }
  catch (error) {
    if (error instanceof ProblemError)
      return error.problem.code
    throw error
  }
}

describe('one folder of a container', () => {
  it('has its folders first, then by name, each name once', async () => {
    mkdirSync(join(root, 'app', 'src'), { recursive: true })
    writeFileSync(join(root, 'app', 'caf\u00E9'), 'NFC')
    writeFileSync(join(root, 'app', 'cafe\u0301'), 'NFD!')
    symlinkSync('/etc/shadow', join(root, 'app', 'a-link'))
    expect(await list('app')).toEqual({
      path: '/app',
      entries: [
        { name: 'src', kind: 'directory', sizeBytes: null, linkTarget: null },
        { name: 'a-link', kind: 'link', sizeBytes: null, linkTarget: '/etc/shadow' },
        { name: 'cafe\u0301', kind: 'file', sizeBytes: 4, linkTarget: null },
        { name: 'caf\u00E9', kind: 'file', sizeBytes: 3, linkTarget: null },
      ],
      omittedCount: 0,
    })
  })

  it('opens by the names that it showed, whatever bytes they stand for', async () => {
    const strange = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xFF, 0x0A, 0x5C, 0x1B])])
    mkdirSync(strange)
    writeFileSync(Buffer.concat([strange, Buffer.from('/in')]), '')
    expect(await list()).toMatchObject({ path: '/', entries: [{ name: '\\xff\\n\\\\\\x1b' }] })
    expect(await list('\\xff\\n\\\\\\x1b')).toMatchObject({ entries: [{ name: 'in' }] })
  })

  it('lists 2,000 entries and counts the rest', async () => {
    for (let i = 0; i < 2010; i += 1)
      writeFileSync(join(root, `f${i}`), '')
    expect(await list()).toMatchObject({ omittedCount: 10, entries: { length: 2000 } })
  })

  it('shows where a long link leads, cut', async () => {
    symlinkSync(`${'x'.repeat(2000)}`, join(root, 'long'))
    expect(await list()).toMatchObject({ entries: [{ linkTarget: `${'x'.repeat(1024)}…` }] })
  })

  it.each([
    ['there is none', ['nowhere'], 'FILES_FOLDER_GONE'],
    ['it is a file', ['file'], 'FILES_NOT_A_FOLDER'],
    ['it is a link', ['link'], 'FILES_NOT_A_FOLDER'],
    ['a link is on the way', ['link', 'etc'], 'FILES_NOT_A_FOLDER'],
    ['the way leads up', ['..'], 'FILES_FOLDER_GONE'],
    ['a name is a path', ['a/b'], 'FILES_FOLDER_GONE'],
    ['a name is none that was shown', ['\\q'], 'FILES_FOLDER_GONE'],
  ])('says so when %s', async (_, names, code) => {
    writeFileSync(join(root, 'file'), '')
    symlinkSync('/', join(root, 'link'))
    expect(await codeOf(() => list(...names))).toBe(code)
  })

  it('is gone when its container is', async () => {
    expect(await codeOf(() => listFolder({ proc: localProc(procRoot), hostPid: 8 }, []))).toBe('FILES_FOLDER_GONE')
  })
})
