import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** About 120 MB: five minutes is a slow line, not a stuck one. */
const PATIENCE_MS = 300_000

/**
 * Lets the `electron` package download its runtime, as its own `install-electron` does. Gives null when that worked,
 * else the reason in words.
 * @param {string} packageFolder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>}
 */
export function installElectron(packageFolder, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: PATIENCE_MS })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => { errors += text })
    child.on('error', error => resolve(error.message))
    child.on('close', (code, signal) => {
      if (code === 0)
        return resolve(null)
      resolve(signal ? `the download took longer than ${PATIENCE_MS / 1000} seconds` : firstError(errors))
    })
  })
}

/**
 * The line of a stack trace that tells: `fetch failed` alone names no host, the innermost cause does.
 * @param {string} errors
 */
function firstError(errors) {
  const lines = errors.split('\n').map(line => line.trim())
  const error = lines.findLast(line => /^(\[cause\]: )?\w*Error: /.test(line)) ?? lines[0]
  return error?.replace(/^(\[cause\]: )?\w*Error: /, '') || 'no reason was given'
}
