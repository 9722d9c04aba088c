import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 20_000

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * A program that runs on, with its words in a file. It has a process group of its own: Ctrl-C must not end it before its containers.
 * @param {string[]} command
 * @param {{ log: string, env?: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Promise<ChildProcess>}
 */
export async function startDaemon([program = '', ...args], { log, ...options }) {
  const file = await open(log, 'a')
  const daemon = spawn(program, args, { ...options, stdio: ['ignore', file.fd, file.fd], detached: true })
  daemon.on('error', () => {})
  await file.close()
  return daemon
}

/**
 * Resolves when the engine answers; throws with the last words of its log when it ended, or needs too long.
 * @param {ChildProcess} daemon
 * @param {{ what: string, log: string, address: string, limitMs?: number }} options
 */
export async function untilItAnswers(daemon, { what, log, address, limitMs = START_LIMIT_MS }) {
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline && isRunning(daemon)) {
    if (await run('docker', ['--host', address, 'version'], { timeout: 10_000 }).then(() => true, () => false))
      return
    await wait(200)
  }
  const words = await readFile(log, 'utf8')
  throw new Error(`${what} did not start. Its last words:\n${words.trim().split('\n').slice(-15).join('\n')}`)
}

/** @param {ChildProcess | undefined} daemon */
const isRunning = daemon => daemon?.pid !== undefined && daemon.exitCode === null && daemon.signalCode === null

/**
 * @param {ChildProcess | undefined} daemon
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
export async function endDaemon(daemon, signal) {
  if (!daemon || !isRunning(daemon))
    return
  const ended = once(daemon, 'exit')
  daemon.kill(signal)
  const late = setTimeout(() => daemon.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(late)
}

/**
 * All containers of an engine, with their anonymous volumes; an engine that does not answer any more has none to remove.
 * @param {string} address
 */
export async function removeContainers(address) {
  const docker = (/** @type {string[]} */ ...args) =>
    run('docker', ['--host', address, ...args], { timeout: STOP_LIMIT_MS }).catch(() => ({ stdout: '' }))
  const { stdout } = await docker('ps', '--all', '--quiet')
  const containers = stdout.split('\n').filter(Boolean)
  if (containers.length > 0)
    await docker('rm', '--force', '--volumes', ...containers)
}

/** @param {number} pid */
export function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  }
  catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH'))
      throw error
  }
}

/**
 * A daemon that was killed leaves mounts; removing through one would remove what is mounted there.
 * @param {string} folder
 */
export async function unmountBelow(folder) {
  const mountPoints = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map(line => line.split(' ')[4] ?? '')
  for (const path of mountPoints.filter(mountPoint => mountPoint.startsWith(`${folder}/`)).reverse())
    await run('umount', ['--lazy', path])
}
