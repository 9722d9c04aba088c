import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findBrowser } from '../../../cli/pdf/find-browser'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'isoscope-browser-')) })
afterEach(() => rm(folder, { recursive: true }))

async function program(...names: string[]): Promise<string> {
  const path = join(folder, ...names)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, '#!/bin/sh\n')
  await chmod(path, 0o755)
  return path
}

it('takes what a person chose, ours before the common name', async () => {
  const [mine, common] = [await program('mine'), await program('common')]
  expect(await findBrowser({ CHROME_PATH: common, PATH: folder })).toBe(common)
  expect(await findBrowser({ CHROME_PATH: common, ISOSCOPE_BROWSER: mine })).toBe(mine)
})

it('does not replace a chosen browser that is not there', async () => {
  await program('chromium')
  expect(await findBrowser({ ISOSCOPE_BROWSER: join(folder, 'missing'), PATH: folder })).toBeNull()
})

it('finds one by name in PATH, in the order of the names', async () => {
  await program('a', 'google-chrome')
  const chromium = await program('b', 'chromium')
  expect(await findBrowser({ PATH: [join(folder, 'a'), join(folder, 'b')].join(delimiter) })).toBe(chromium)
})

it('passes over folders, files that cannot be run and relative entries of PATH', async () => {
  await mkdir(join(folder, 'chromium'))
  await writeFile(join(folder, 'google-chrome'), '')
  expect(await findBrowser({ PATH: [folder, '.', '', 'bin'].join(delimiter), HOME: folder })).toBeNull()
})

it('finds one among a person\'s own applications on macOS', async () => {
  const chrome = await program('Applications', 'Google Chrome.app', 'Contents', 'MacOS', 'Google Chrome')
  expect(await findBrowser({ PATH: '', HOME: folder })).toBe(chrome)
})
