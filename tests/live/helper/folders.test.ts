import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ContainerRoot, openContainerRoot } from '../../../engine/sources/container-root'
import { localProc } from '../../../engine/sources/local-proc'
import type { OpenFolder, RawEntry } from '../../../engine/sources/open-folder'
import { Unreadable } from '../../../engine/sources/proc-source'
import { docker } from '../../support/docker'
import { removeAll, type StartedContainer } from '../../support/containers'
import { openTestHelper, type TestHelper } from '../../support/helper'
import { tempFolder } from '../../support/temp-folder'
import { start } from '../start'

const SECRET = 'canary-4c1d'
const local = localProc('/proc')
let helper: TestHelper
let container: StartedContainer
let near: ContainerRoot
let far: ContainerRoot
let made: { near: ContainerRoot, far: ContainerRoot, names: Buffer[] }

beforeAll(async () => {
  container = await start({ name: 'helper-folders' })
  helper = await openTestHelper()
  const pid = Number(await docker('inspect', '--format', '{{.State.Pid}}', container.id))
  near = await openContainerRoot(local, pid)
  far = await openContainerRoot(helper.proc, pid)
  // A folder of this machine is as good as one of a container: what is in it is reached in the same way.
  made = {
    near: await openContainerRoot(local, process.pid),
    far: await openContainerRoot(helper.proc, process.pid),
    names: makeFolder().split('/').filter(name => name !== '').map(name => Buffer.from(name)),
  }
})
afterAll(async () => {
  for (const root of [near, far, made.near, made.far])
    root.close()
  await Promise.all([helper.close(), removeAll()])
})

/** Everything that a folder may hold and a reader must stand. */
function makeFolder(): string {
  const [outside, inside] = [tempFolder(), tempFolder()]
  writeFileSync(join(outside, 'secret'), SECRET)
  for (const name of ['a\nb', '\xFF\xFE', '\xFF\xFD', ' -rf', '\x1B[31m', 'x'.repeat(255)])
    writeFileSync(Buffer.concat([Buffer.from(`${inside}/`), Buffer.from(name, 'latin1')]), name)
  symlinkSync(outside, join(inside, 'way-out'))
  symlinkSync(join(outside, 'secret'), join(inside, 'link'))
  symlinkSync('loop', join(inside, 'loop'))
  symlinkSync('nowhere', join(inside, 'dangling'))
  execFileSync('/usr/bin/mkfifo', [join(inside, 'pipe')])
  execFileSync('/usr/bin/mknod', [join(inside, 'device'), 'c', '1', '3'])
  mkdirSync(join(inside, 'empty'))
  writeFileSync(join(inside, 'sparse'), '')
  truncateSync(join(inside, 'sparse'), 2 ** 40)
  linkSync(join(inside, 'sparse'), join(inside, 'same'))
  mkdirSync(join(inside, 'many'))
  for (let index = 0; index < 20_000; index += 1)
    writeFileSync(join(inside, 'many', `file-${index}`), '')
  return inside
}

const sorted = <T extends RawEntry>(entries: readonly T[]): object[] =>
  entries.map(entry => ({ ...entry, name: entry.name.toString('latin1') })).sort((one, other) => one.name < other.name ? -1 : 1)

/** The answer, or the code of the refusal. */
const answerOf = (answer: Promise<unknown>): Promise<unknown> => answer.catch((error: unknown) => {
  if (error instanceof Unreadable)
    return error.code
  throw error
})

/** One folder of the made ones, asked on both sides. */
const both = (ask: (folder: OpenFolder) => Promise<unknown>): Promise<[unknown, unknown]> =>
  Promise.all([made.near.within(made.names, folder => answerOf(ask(folder))), made.far.within(made.names, folder => answerOf(ask(folder)))])

it.each([[], ['etc'], ['bin'], ['dev'], ['proc', 'sys'], ['sys'], ['home', 'app']])('finds in /%s of a container what is found from beside it', async (...levels) => {
  const names = levels.map(name => Buffer.from(name))
  const ask = async (folder: OpenFolder): Promise<object> => ({
    entries: sorted(await folder.entries()),
    withStatus: sorted(await folder.entriesWithStatus(new Set(['passwd']))),
    device: folder.device,
    isEmptied: folder.isEmptied,
    type: await folder.fileSystemType(),
  })
  const [one, other] = await Promise.all([near.within(names, ask), far.within(names, ask)])
  expect(other).toEqual(one)
})

it('resolves links and reads files inside as from beside it', async () => {
  const ask = async (root: ContainerRoot): Promise<object> => ({
    passwd: await root.readSmallFile(['etc', 'passwd'], 1_000),
    begins: await root.readSmallFile(['etc', 'passwd'], 4),
    missing: await root.readSmallFile(['etc', 'nowhere'], 4),
    shell: await root.resolve('/bin/sh'),
    up: await root.resolve('/../../etc/../bin/ls'),
  })
  expect(await ask(far)).toEqual(await ask(near))
  expect((await far.readSmallFile(['etc', 'passwd'], 1_000))?.toString()).toBe(await docker('exec', container.id, 'cat', '/etc/passwd').then(text => `${text}\n`))
})

it('knows every name in bytes, every kind, size and identity', async () => {
  const [one, other] = await both(async folder => sorted(await folder.entriesWithStatus(new Set())))
  expect(other).toEqual(one)
  const found = await both(async folder => (await folder.entries()).length)
  expect(found).toEqual([16, 16])
})

it('lists a folder of 20,000 names whole', async () => {
  const [one, other] = await both(async (folder) => {
    const many = await folder.openFolder(Buffer.from('many'))
    const names = (await many.entries()).map(({ name }) => name.toString()).sort()
    many.close()
    return names
  })
  expect(Array.isArray(other) && other.length).toBe(20_000)
  expect(other).toEqual(one)
})

it.each(['a\nb', '\xFF\xFE', 'link', 'loop', 'dangling', 'pipe', 'device', 'empty', 'sparse', 'same', 'nowhere', '', '.', '..', '../secret', 'many/file-1', 'a\0'])('says the same of %j, and follows nothing', async (text) => {
  const name = Buffer.from(text, 'latin1')
  for (const ask of [
    (folder: OpenFolder) => folder.status(name),
    (folder: OpenFolder) => folder.linkTarget(name),
    (folder: OpenFolder) => folder.readSmallFile(name, 64),
    async (folder: OpenFolder) => {
      const opened = await folder.openFolder(name)
      opened.close()
      return opened.isEmptied
    },
  ]) {
    const [one, other] = await both(ask)
    expect(other).toEqual(one)
    expect(JSON.stringify(other)).not.toContain(SECRET)
  }
})

it('is not left through a link to a folder', async () => {
  expect(await both(folder => folder.openFolder(Buffer.from('way-out')))).toEqual(['ENOTDIR', 'ENOTDIR'])
})

it('holds open no more than what was not closed', async () => {
  const open = async (): Promise<number> => (await helper.proc.listFolder('self/fd')).length
  const before = await open()
  await both(folder => folder.entries())
  await both(folder => folder.openFolder(Buffer.from('way-out')))
  await both(folder => folder.readSmallFile(Buffer.from('link'), 10))
  await both(folder => folder.readSmallFile(Buffer.from('a\nb'), 10))
  expect(await open()).toBe(before)
})

it('says so when a folder is asked after the helper has ended', async () => {
  const other = await openTestHelper()
  const folder = await other.proc.openFolder(`${process.pid}/root`)
  await other.close()
  await expect(folder.entries()).rejects.toThrow('the helper container ended')
})
