import { afterEach, beforeEach, expect, it } from 'vitest'
import { tryElectron } from '../../../build/launch/try-electron.mjs'
import { type ProgramFolder, createProgramFolder, electronWithoutLibrary, workingElectron } from './fake-electron'

let folder: ProgramFolder
beforeEach(() => { folder = createProgramFolder() })
afterEach(() => folder.remove())

it('accepts a program that answers with its version', async () => {
  expect(await tryElectron(folder.write('electron', workingElectron('45.4.1')), process.env)).toBeNull()
})

it('names the library that is missing', async () => {
  const program = folder.write('electron', electronWithoutLibrary)
  expect(await tryElectron(program, process.env))
    .toBe(`${program} does not run: electron: error while loading shared libraries: libgbm.so.1: cannot open shared object file: No such file or directory`)
})

it('refuses a program that is something else', async () => {
  const program = folder.write('electron', 'echo hello')
  expect(await tryElectron(program, process.env)).toBe(`${program} is not Electron`)
})

it('refuses an Electron that cannot load the program as it is built', async () => {
  expect(await tryElectron(folder.write('electron', workingElectron('22.3.25')), process.env)).toBe('electron 22.3.25 is older than 30')
})
