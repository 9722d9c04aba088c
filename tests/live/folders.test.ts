import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FolderListing } from '../../shared/model/files'
import type { Problem } from '../../shared/model/problem'
import { ProblemError } from '../../shared/model/problem'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { namesWithKinds } from '../../verify/facts/files'
import { rootNames } from '../../verify/oracles/files'
import { itemsOf } from '../../verify/oracles/run'
import { start } from './start'
import { here, testService } from './take'

const MAKE = [
  'mkdir -p /made/deep/er && cd /made && ln -s /etc absolute && ln -s ../../../../../../../../etc climbing && ln -s made/deep /to-deep',
  'printf 12345 > file && mkfifo fifo && mkdir "with space" "$(printf "new\\nline")" "$(printf "\\377\\376")" "back\\\\slash" "\u202Ereversed" && touch "$(printf "new\\nline")/inner"',
].join(' && ')

let container: StartedContainer
let root: string
beforeAll(async () => {
  container = await start({ name: 'folders', flags: ['--tmpfs', '/scratch'] })
  await docker('exec', container.id, 'sh', '-ec', `${MAKE} && touch /scratch/on-tmpfs`)
  root = `/proc/${await docker('inspect', '--format', '{{.State.Pid}}', container.id)}/root`
})
afterAll(removeAll)

const open = (...names: string[]): Promise<FolderListing> =>
  testService().handlers['files.list']({ containerId: container.id, names }, { signal: new AbortController().signal })

const refusal = (...names: string[]): Promise<Problem> =>
  open(...names).then(() => { throw new Error(`/${names.join('/')} was opened`) }, (error: unknown) => {
    if (error instanceof ProblemError)
      return error.problem
    throw error
  })

it.each([[], ['etc'], ['made'], ['made', 'deep'], ['bin']])('lists what find lists: /%s/%s', async (...names) => {
  const levels = names.filter(name => name !== undefined)
  const listing = await open(...levels)
  // find writes the bytes; the listing shows a visible text of them.
  const found = await itemsOf(here, 'find', `${root}/${levels.join('/')}/`, '-mindepth', '1', '-maxdepth', '1', '-printf', 'x\\0')
  expect(listing.entries).toHaveLength(found.length)
  expect(listing.omittedCount).toBe(0)
  if (!levels.includes('made'))
    expect(namesWithKinds(listing.entries)).toEqual(await rootNames(here, `${root}/${levels.join('/')}/`))
})

it('shows kind, size and target without following anything', async () => {
  const { entries } = await open('made')
  expect(entries.filter(({ kind }) => kind !== 'directory')).toEqual([
    { name: 'absolute', kind: 'link', sizeBytes: null, linkTarget: '/etc' },
    { name: 'climbing', kind: 'link', sizeBytes: null, linkTarget: '../../../../../../../../etc' },
    { name: 'fifo', kind: 'fifo', sizeBytes: null, linkTarget: null },
    { name: 'file', kind: 'file', sizeBytes: 5, linkTarget: null },
  ])
})

it('opens folders with names of every kind again by the text that showed them', async () => {
  const folders = (await open('made')).entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name)
  expect([...folders].sort()).toEqual(['back\\\\slash', 'deep', 'new\\nline', 'with space', '\\u202ereversed', '\\xff\\xfe'].sort())
  const inside = await Promise.all(folders.map(async name => [name, (await open('made', name)).entries.map(entry => entry.name)]))
  expect(Object.fromEntries(inside)).toEqual({ 'back\\\\slash': [], 'deep': ['er'], 'new\\nline': ['inner'], 'with space': [], '\\u202ereversed': [], '\\xff\\xfe': [] })
})

it('goes into other mounts of the container', async () => {
  expect((await open('scratch')).entries.map(({ name }) => name)).toEqual(['on-tmpfs'])
})

it.each([
  [['made', 'absolute'], 'FILES_NOT_A_FOLDER'],
  [['made', 'climbing'], 'FILES_NOT_A_FOLDER'],
  [['made', 'climbing', 'ssl'], 'FILES_NOT_A_FOLDER'],
  [['to-deep', 'er'], 'FILES_NOT_A_FOLDER'],
  [['made', 'file'], 'FILES_NOT_A_FOLDER'],
  [['made', 'fifo'], 'FILES_NOT_A_FOLDER'],
  [['proc', '1', 'root'], 'FILES_NOT_A_FOLDER'],
  [['..'], 'FILES_FOLDER_GONE'],
  [['made', '..', 'etc'], 'FILES_FOLDER_GONE'],
  [['made/deep'], 'FILES_FOLDER_GONE'],
  [['made', ''], 'FILES_FOLDER_GONE'],
  [['made', 'deep\0'], 'FILES_FOLDER_GONE'],
  [['no such folder'], 'FILES_FOLDER_GONE'],
])('refuses %j', async (names, code) => {
  expect((await refusal(...names)).code).toBe(code)
})

it('says that a stopped container has no folders to open', async () => {
  const stopped = await start({ name: 'folders-stopped' })
  await docker('kill', stopped.id)
  await docker('wait', stopped.id)
  const opening = testService().handlers['files.list']({ containerId: stopped.id, names: [] }, { signal: new AbortController().signal })
  await expect(opening).rejects.toMatchObject({ problem: { code: 'CONTAINER_NOT_RUNNING' } })
})
