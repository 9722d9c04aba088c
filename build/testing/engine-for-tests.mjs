import { execFile, spawn } from 'node:child_process'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 20_000

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
  const version = await engineVersion(process.env)
  if (version)
    return { words: `the engine that answers here, ${version}`, env: {}, stop: async () => {} }
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error('No Docker engine answers, and a private one can be started only on Linux as root. Start Docker, then run this again.')
  return startPrivateEngine()
}

/** @returns {Promise<TestEngine>} */
async function startPrivateEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-engine-'))
  const bridge = `isotest${process.pid.toString(36)}`
  const env = { DOCKER_HOST: `unix://${folder}/docker.sock` }
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let daemon
  const stop = async () => {
    if (daemon)
      await stopDaemon(daemon, env)
    await removeFolder(folder)
    await run('ip', ['link', 'delete', bridge]).catch(() => {})
  }
  try {
    await addBridge(bridge)
    const log = await open(join(folder, 'dockerd.log'), 'w')
    // A process group of its own: Ctrl-C must not end it before its containers.
    daemon = spawn('dockerd', daemonArguments(folder, env.DOCKER_HOST, bridge), { stdio: ['ignore', log.fd, log.fd], detached: true })
    daemon.on('error', () => {})
    await log.close()
    const version = await untilItAnswers(daemon, folder, { ...process.env, ...env })
    return { words: `a private engine, ${version}, at ${env.DOCKER_HOST}`, env, stop }
  }
  catch (error) {
    await stop()
    throw error
  }
}

/**
 * No firewall rule and no forwarding: published ports work through docker-proxy alone. The namespaces keep a containerd
 * that runs here already from mixing its containers with these.
 * @param {string} folder
 * @param {string} address
 * @param {string} bridge
 */
const daemonArguments = (folder, address, bridge) => [
  `--host=${address}`,
  `--data-root=${folder}/data`,
  `--exec-root=${folder}/exec`,
  `--pidfile=${folder}/dockerd.pid`,
  `--bridge=${bridge}`,
  '--iptables=false',
  '--ip6tables=false',
  '--ip-forward=false',
  '--ip-masq=false',
  `--containerd-namespace=${bridge}`,
  `--containerd-plugins-namespace=${bridge}-plugins`,
]

/**
 * A bridge with a subnet that no interface of this machine has.
 * @param {string} name
 */
async function addBridge(name) {
  const { stdout } = await run('ip', ['-oneline', '-4', 'address'])
  const third = Array.from({ length: 256 }, (_, index) => index).find(index => !stdout.includes(` 10.214.${index}.`))
  await run('ip', ['link', 'add', name, 'type', 'bridge'])
  await run('ip', ['address', 'add', `10.214.${third}.1/24`, 'dev', name])
  await run('ip', ['link', 'set', name, 'up'])
}

/**
 * @param {import('node:child_process').ChildProcess} daemon
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function untilItAnswers(daemon, folder, env) {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline && daemon.pid !== undefined && daemon.exitCode === null && daemon.signalCode === null) {
    const version = await engineVersion(env)
    if (version)
      return version
    await wait(200)
  }
  const log = await readFile(join(folder, 'dockerd.log'), 'utf8')
  throw new Error(`A private dockerd did not start. Its last words:\n${log.trim().split('\n').slice(-15).join('\n')}`)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>} null: none answers
 */
async function engineVersion(env) {
  try {
    const { stdout } = await run('docker', ['version', '--format', 'Docker {{.Server.Version}}'], { env, timeout: 10_000 })
    return stdout.trim()
  }
  catch {
    return null
  }
}

/**
 * @param {import('node:child_process').ChildProcess} daemon
 * @param {NodeJS.ProcessEnv} env
 */
async function stopDaemon(daemon, env) {
  if (daemon.pid === undefined || daemon.exitCode !== null || daemon.signalCode !== null)
    return
  const ended = new Promise(resolve => daemon.on('exit', resolve))
  const options = { env: { ...process.env, ...env }, timeout: STOP_LIMIT_MS }
  const { stdout } = await run('docker', ['ps', '--all', '--quiet'], options).catch(() => ({ stdout: '' }))
  const containers = stdout.split('\n').filter(Boolean)
  if (containers.length > 0)
    await run('docker', ['rm', '--force', '--volumes', ...containers], options).catch(() => {})
  daemon.kill('SIGTERM')
  const late = setTimeout(() => daemon.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(late)
}

/**
 * A daemon that was killed leaves mounts below its folder; removing through one would remove what is mounted there.
 * @param {string} folder
 */
async function removeFolder(folder) {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8'))
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(path => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)
  for (const path of mounts)
    await run('umount', ['--lazy', path])
  await rm(folder, { recursive: true, force: true })
}
