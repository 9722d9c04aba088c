import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the program lies inside an unpacked Electron, as Electron's own installer has it. */
const PROGRAM = /** @type {Record<string, string>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
})

/**
 * The folder of the `electron` package, or null when it is not installed (`npm ci --omit=dev`). Never by loading the
 * package: `require('electron')` downloads a runtime and throws where it cannot.
 * @returns {string | null}
 */
export function electronPackage() {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  }
  catch {
    return null
  }
}

/**
 * Electron programs that exist here, best first: what the two usual variables name, then what the package downloaded.
 * @param {{ env: NodeJS.ProcessEnv, platform: string, packageFolder: string | null }} where
 * @returns {string[]}
 */
export function findElectron({ env, platform, packageFolder }) {
  const program = PROGRAM[platform] ?? 'electron'
  const candidates = []
  if (env['ELECTRON_EXEC_PATH'])
    candidates.push(env['ELECTRON_EXEC_PATH'])
  if (env['ELECTRON_OVERRIDE_DIST_PATH'])
    candidates.push(join(env['ELECTRON_OVERRIDE_DIST_PATH'], program))
  if (packageFolder)
    candidates.push(join(packageFolder, 'dist', downloadedProgram(packageFolder) ?? program))
  return candidates.filter(path => existsSync(path))
}

/**
 * The installer writes the program's path to `path.txt` once the download is whole.
 * @param {string} packageFolder
 */
function downloadedProgram(packageFolder) {
  const file = join(packageFolder, 'path.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}
