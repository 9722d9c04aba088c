import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { runCommand } from './run-command.mjs'

const run = promisify(execFile)
const CONTAINER = 'nodeapp-container'
const IMAGE = 'nodejsapp'
const LIMIT_MS = 15 * 60_000

/**
 * Sees to it that the sample runs, and gives what puts the engine back into the state it was in.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<() => Promise<void>>}
 */
export async function startSample(env) {
  const [hadContainer, hadImage] = await Promise.all([exists('container', CONTAINER, env), exists('image', IMAGE, env)])
  const stop = async () => {
    if (!hadContainer)
      await run('docker', ['rm', '--force', '--volumes', CONTAINER], { env }).catch(() => {})
    if (!hadImage)
      await run('docker', ['image', 'rm', IMAGE], { env }).catch(() => {})
  }
  const trouble = await runCommand(['bash', 'examples/nodeapp/build-and-run.sh'], { env, limitMs: LIMIT_MS })
  if (trouble === null)
    return stop
  await stop()
  throw new Error(`The sample application could not be started: ${trouble}.`)
}

/**
 * @param {'container' | 'image'} kind
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
async function exists(kind, name, env) {
  return run('docker', [kind, 'inspect', name], { env }).then(() => true, () => false)
}
