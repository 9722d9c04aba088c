import { execFile } from 'node:child_process'
import { basename } from 'node:path'

/** The main program is an ES module that asks where it lies (`import.meta.dirname`, Node 20.11). */
const OLDEST_MAJOR = 30
const PATIENCE_MS = 20_000

/**
 * Runs an Electron program as plain Node and asks for its version: that finds missing libraries and a foreign libc
 * before a window is promised. Gives null when it works, else the reason in words.
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>}
 */
export function tryElectron(program, env) {
  return new Promise((resolve) => {
    const options = { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, timeout: PATIENCE_MS, killSignal: /** @type {const} */ ('SIGKILL') }
    execFile(program, ['-e', 'process.stdout.write(process.versions.electron)'], options, (error, stdout, stderr) => {
      if (error)
        return resolve(`${program} does not run: ${reason(error, stderr)}`)
      const major = Number.parseInt(stdout, 10)
      if (Number.isNaN(major))
        return resolve(`${program} is not Electron`)
      resolve(major < OLDEST_MAJOR ? `${basename(program)} ${stdout} is older than ${OLDEST_MAJOR}` : null)
    })
  })
}

/**
 * @param {import('node:child_process').ExecFileException} error
 * @param {string} stderr
 */
function reason(error, stderr) {
  if (error.killed)
    return `no answer within ${PATIENCE_MS / 1000} seconds`
  return stderr.trim().split('\n').at(-1) || error.message
}
