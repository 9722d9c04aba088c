import { execFile } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../launch/build-first.mjs'

/** The first Electron that takes an ES module as its main file, which the application for users is. */
const TAKES_MODULES = 28

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string} version
 * @property {string} from where it was found
 * @property {boolean} isFloor too old for the application as users get it
 */

/** The Electron that the desktop tests run, by build/electron-runtime.sh. @returns {Promise<Runtime>} */
export async function findRuntime() {
  const { stdout } = await promisify(execFile)('bash', ['build/electron-runtime.sh', '--print'], { cwd: ROOT })
  const found = new Map(stdout.trim().split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  const version = found.get('electron') ?? ''
  return { executable: found.get('executable') ?? '', version, from: found.get('from') ?? '', isFloor: Number.parseInt(version) < TAKES_MODULES }
}

/**
 * A copy without the application that the tests may have put into it. Its bytes are copied, not linked: fuses are written into them.
 * @param {Runtime} runtime
 * @param {string} folder
 */
export async function copyRuntime({ executable }, folder) {
  await rm(folder, { recursive: true, force: true })
  const app = join(dirname(executable), 'resources/app')
  await cp(dirname(executable), folder, { recursive: true, verbatimSymlinks: true, filter: path => path !== app })
}
