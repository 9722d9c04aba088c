import { afterEach, beforeEach, expect, it } from 'vitest'
import { findElectron } from '../../../build/launch/find-electron.mjs'
import { type ProgramFolder, createProgramFolder } from './fake-electron'

let folder: ProgramFolder
beforeEach(() => { folder = createProgramFolder() })
afterEach(() => folder.remove())

it('finds nothing where nothing was downloaded', () => {
  expect(findElectron({ env: {}, platform: 'linux', packageFolder: folder.path })).toEqual([])
})

it('takes the named program first, then the named folder, then the package', () => {
  const named = folder.write('own/electron-nightly', '')
  const inFolder = folder.write('dist-45/electron', '')
  const downloaded = folder.write('dist/electron', '')
  const env = { ELECTRON_EXEC_PATH: named, ELECTRON_OVERRIDE_DIST_PATH: `${folder.path}/dist-45` }
  expect(findElectron({ env, platform: 'linux', packageFolder: folder.path })).toEqual([named, inFolder, downloaded])
})

it('passes over a variable that names nothing', () => {
  const downloaded = folder.write('dist/electron', '')
  expect(findElectron({ env: { ELECTRON_EXEC_PATH: '/nowhere/electron' }, platform: 'linux', packageFolder: folder.path })).toEqual([downloaded])
})

it('knows where the program lies on macOS and on Windows', () => {
  const mac = folder.write('Electron.app/Contents/MacOS/Electron', '')
  const windows = folder.write('electron.exe', '')
  const env = { ELECTRON_OVERRIDE_DIST_PATH: folder.path }
  expect(findElectron({ env, platform: 'darwin', packageFolder: null })).toEqual([mac])
  expect(findElectron({ env, platform: 'win32', packageFolder: null })).toEqual([windows])
})
