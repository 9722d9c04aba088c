import { afterEach, beforeEach, expect, it } from 'vitest'
import { chooseFront } from '../../../build/launch/choose-front.mjs'
import { type ProgramFolder, createProgramFolder, electronWithoutLibrary, workingElectron } from './fake-electron'

let folder: ProgramFolder
let said: string[]
beforeEach(() => {
  folder = createProgramFolder()
  said = []
})
afterEach(() => folder.remove())

const situation = (changes: Partial<Parameters<typeof chooseFront>[0]> = {}): Parameters<typeof chooseFront>[0] => ({
  wantsWeb: false,
  mayDownload: false,
  env: { PATH: process.env['PATH'], DISPLAY: ':1' },
  platform: 'linux',
  packageFolder: folder.path,
  say: line => said.push(line),
  ...changes,
})

it('opens the page without a word when the page was asked for', async () => {
  folder.write('dist/electron', workingElectron('45.4.1'))
  expect(await chooseFront(situation({ wantsWeb: true }))).toEqual({ electron: null, because: null })
})

it('opens the window with an Electron that runs', async () => {
  const electron = folder.write('dist/electron', workingElectron('45.4.1'))
  expect(await chooseFront(situation())).toEqual({ electron, because: null })
})

it('opens the page on a Linux without a display', async () => {
  folder.write('dist/electron', workingElectron('45.4.1'))
  expect(await chooseFront(situation({ env: {} }))).toEqual({ electron: null, because: 'there is no display' })
})

it('says why an Electron that is there is not used', async () => {
  const electron = folder.write('dist/electron', electronWithoutLibrary)
  const { because } = await chooseFront(situation())
  expect(because).toContain(`${electron} does not run: electron: error while loading shared libraries: libgbm.so.1`)
})

it('goes on to the next Electron when the first does not run', async () => {
  const broken = folder.write('broken', electronWithoutLibrary)
  const electron = folder.write('dist/electron', workingElectron('45.4.1'))
  expect(await chooseFront(situation({ env: { ...situation().env, ELECTRON_EXEC_PATH: broken } }))).toEqual({ electron, because: null })
})

it('downloads nothing when it may not', async () => {
  folder.writeText('install.js', 'throw new Error("not to be run")')
  expect(await chooseFront(situation())).toEqual({
    electron: null,
    because: 'no Electron runtime is installed, and none is downloaded with --offline or in CI',
  })
  expect(said).toEqual([])
})

it('names the cause when the download fails', async () => {
  // The shape of Node's own report when a host name cannot be resolved.
  folder.writeText('install.js', 'throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND github.com") })')
  expect(await chooseFront(situation({ mayDownload: true }))).toEqual({
    electron: null,
    because: 'the Electron runtime could not be downloaded: getaddrinfo ENOTFOUND github.com',
  })
  expect(said).toEqual(['Downloading the Electron runtime, once (about 120 MB).'])
})

it('opens the window with what it has downloaded', async () => {
  folder.writeText('install.js', `
    const { mkdirSync, writeFileSync } = require('node:fs')
    mkdirSync(__dirname + '/dist')
    writeFileSync(__dirname + '/dist/electron', ${JSON.stringify(`#!/bin/sh\n${workingElectron('45.4.1')}\n`)}, { mode: 0o755 })
    writeFileSync(__dirname + '/path.txt', 'electron')`)
  expect(await chooseFront(situation({ mayDownload: true }))).toEqual({ electron: `${folder.path}/dist/electron`, because: null })
})

it('opens the page where the electron package is not installed', async () => {
  expect(await chooseFront(situation({ packageFolder: null }))).toEqual({ electron: null, because: 'the electron package is not installed' })
})
