import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readPageFiles } from '../../../cli/web/static-files'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'isoscope-page-')) })
afterEach(() => rm(folder, { recursive: true }))

it('lists every file of the page by its request path, and nothing else', async () => {
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<title>')
  await writeFile(join(folder, 'assets', 'index-1.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'index-1.js.map'), '{}')
  await writeFile(join(folder, 'notes.txt'), 'secret')
  await symlink('/etc/passwd', join(folder, 'link.html'))
  const files = await readPageFiles(folder)
  expect([...files].map(([path, { mediaType, cacheControl, body }]) => [path, mediaType, cacheControl, String(body)]).sort()).toEqual([
    ['/', 'text/html; charset=utf-8', 'no-store', '<title>'],
    ['/assets/index-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {}'],
    ['/index.html', 'text/html; charset=utf-8', 'no-store', '<title>'],
  ])
})

it('says that the page was not built when there is none', async () => {
  await expect(readPageFiles(join(folder, 'missing'))).rejects.toMatchObject({ problem: { code: 'PAGE_MISSING' } })
})
