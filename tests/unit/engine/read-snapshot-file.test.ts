import { execFile } from 'node:child_process'
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { readSnapshotFile } from '../../../engine/read-snapshot-file'
import { tempFolder } from '../../support/temp-folder'

const folder = tempFolder()
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  await writeFile(at('saved.isoscope.json'), '{"ä": 1}')
  await writeFile(at('large.json'), '')
  await truncate(at('large.json'), 257 * 1024 * 1024)
  await mkdir(at('folder.json'))
  await promisify(execFile)('mkfifo', [at('pipe.json')])
})

it('gives the text of a saved snapshot, and its name without its folder', async () => {
  expect(await readSnapshotFile(at('saved.isoscope.json'))).toEqual({ fileName: 'saved.isoscope.json', text: '{"ä": 1}' })
})

it.each([
  ['missing.json', 'SNAPSHOT_NOT_READABLE'],
  ['folder.json', 'SNAPSHOT_NOT_READABLE'],
  ['pipe.json', 'SNAPSHOT_NOT_READABLE'],
  ['large.json', 'SNAPSHOT_TOO_LARGE'],
])('refuses %s and names it, without reading it', async (name, code) => {
  await expect(readSnapshotFile(at(name))).rejects.toMatchObject({ problem: { code, what: expect.stringContaining(name) } })
})
