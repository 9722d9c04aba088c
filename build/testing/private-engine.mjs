import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 20_000

/**
 * A dockerd of our own beside whatever runs here: root on Linux.
 * @typedef {object} PrivateEngine
 * @property {string} address as DOCKER_HOST has it
 * @property {() => Promise<void>} start resolves when it answers
 * @property {() => Promise<void>} kill SIGKILL: no stream is ended, no socket is removed. Resolves when the process is gone
 * @property {() => Promise<void>} remove ends it, with everything that it made
 */

/** @returns {Promise<PrivateEngine>} started */
export async function startPrivateEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-engine-'))
  // Whoever may open the socket gets to it; what else is in the folder stays dockerd's own.
  await chmod(folder, 0o711)
  const bridge = `iso${folder.slice(-6)}`
  const address = `unix://${folder}/docker.sock`
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let daemon

  async function start() {
    const log = await open(join(folder, 'dockerd.log'), 'a')
    // A process group of its own: Ctrl-C must not end it before its containers.
    daemon = spawn('dockerd', daemonArguments(folder, address, bridge), { stdio: ['ignore', log.fd, log.fd], detached: true })
    daemon.on('error', () => {})
    await log.close()
    await untilItAnswers(daemon, folder, address)
  }

  async function kill() {
    await end(daemon, 'SIGKILL')
    await endOwnContainerd(folder)
  }

  async function remove() {
    await removeContainers(address)
    await end(daemon, 'SIGTERM')
    await endOwnContainerd(folder)
    await endContainers(folder)
    await unmountBelow(folder)
    await run('ip', ['link', 'delete', bridge]).catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await addBridge(bridge)
    await start()
    return { address, start, kill, remove }
  }
  catch (error) {
    await remove()
    throw error
  }
}

/**
 * No firewall rule and no forwarding: published ports work through docker-proxy alone. The bridge is there because a dockerd
 * without one removes `docker0`; the namespaces keep a containerd that runs here already from mixing its containers with these.
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
 * @param {string} address
 */
async function untilItAnswers(daemon, folder, address) {
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline && isRunning(daemon)) {
    if (await run('docker', ['--host', address, 'version'], { timeout: 10_000 }).then(() => true, () => false))
      return
    await wait(200)
  }
  const log = await readFile(join(folder, 'dockerd.log'), 'utf8')
  throw new Error(`A private dockerd did not start. Its last words:\n${log.trim().split('\n').slice(-15).join('\n')}`)
}

/** @param {import('node:child_process').ChildProcess | undefined} daemon */
const isRunning = daemon => daemon?.pid !== undefined && daemon.exitCode === null && daemon.signalCode === null

/**
 * @param {import('node:child_process').ChildProcess | undefined} daemon
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
async function end(daemon, signal) {
  if (!daemon || !isRunning(daemon))
    return
  const ended = once(daemon, 'exit')
  daemon.kill(signal)
  const late = setTimeout(() => daemon.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(late)
}

/** @param {string} address */
async function removeContainers(address) {
  const docker = (/** @type {string[]} */ ...args) =>
    run('docker', ['--host', address, ...args], { timeout: STOP_LIMIT_MS }).catch(() => ({ stdout: '' }))
  const { stdout } = await docker('ps', '--all', '--quiet')
  const containers = stdout.split('\n').filter(Boolean)
  if (containers.length > 0)
    await docker('rm', '--force', '--volumes', ...containers)
}

/**
 * The containerd that a dockerd starts for itself is killed with it (prctl(2), PR_SET_PDEATHSIG). Its pid file stays, and where the
 * system's first process is slow to reap it, the next dockerd would wait for that dead one.
 * @param {string} folder
 */
async function endOwnContainerd(folder) {
  const pidFile = join(folder, 'exec/containerd/containerd.pid')
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (pid > 0 && (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder))
    killIfThere(pid)
  await rm(pidFile, { force: true })
}

/**
 * Containers outlive a daemon that was killed: their processes are children of shims that name the daemon's folder.
 * @param {string} folder
 */
async function endContainers(folder) {
  const { stdout } = await run('ps', ['-e', '-o', 'pid=,ppid=,args='])
  const processes = stdout.split('\n').map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter(match => match !== null)
  const shims = processes.filter(([, , , args = '']) => args.includes('containerd-shim') && args.includes(`${folder}/exec/`)).map(([, pid]) => pid)
  for (const [, pid, ppid] of processes) {
    if (shims.includes(pid) || shims.includes(ppid))
      killIfThere(Number(pid))
  }
}

/** @param {number} pid */
function killIfThere(pid) {
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
async function unmountBelow(folder) {
  const mountPoints = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map(line => line.split(' ')[4] ?? '')
  for (const path of mountPoints.filter(mountPoint => mountPoint.startsWith(`${folder}/`)).reverse())
    await run('umount', ['--lazy', path])
}
