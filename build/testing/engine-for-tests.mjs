import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startPrivateEngine } from './private-engine.mjs'

/**
 * @typedef {object} TestEngine
 * @property {string} words which engine it is
 * @property {NodeJS.ProcessEnv} env what the suites need to reach it, beside what they have
 * @property {() => Promise<void>} stop
 */

/**
 * The engine that answers here already, through DOCKER_HOST, a context or the usual socket; else a private dockerd,
 * which is gone with everything in it when it is stopped.
 * @returns {Promise<TestEngine>}
 */
export async function startEngine() {
  const version = await engineVersion()
  if (version)
    return { words: `the engine that answers here, ${version}`, env: {}, stop: async () => {} }
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error('No Docker engine answers, and a private one can be started only on Linux as root. Start Docker, then run this again.')
  const engine = await startPrivateEngine()
  return { words: `a private engine at ${engine.address}`, env: { DOCKER_HOST: engine.address }, stop: engine.remove }
}

/** @returns {Promise<string | null>} null: none answers */
async function engineVersion() {
  try {
    const { stdout } = await promisify(execFile)('docker', ['version', '--format', 'Docker {{.Server.Version}}'], { timeout: 10_000 })
    return stdout.trim()
  }
  catch {
    return null
  }
}
