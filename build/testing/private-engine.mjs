import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endDaemon, killIfThere, removeContainers, startDaemon, unmountBelow, untilItAnswers } from './daemon.mjs'

const run = promisify(execFile)

/**
 * A dockerd of our own beside whatever runs here: root on Linux.
 * @typedef {object} PrivateEngine
 * @property {string} address as DOCKER_HOST has it
 * @property {() => Promise<void>} start resolves when it answers
 * @property {() => Promise<void>} kill SIGKILL: no stream is ended, no socket is removed. Resolves when the process is gone
 * @property {() => Promise<void>} stop SIGTERM, as a service manager stops it: it ends its containers first, unless it lets them live. Resolves when the process is gone
 * @property {(signal: 'SIGSTOP' | 'SIGCONT') => void} send to dockerd, which a stop freezes: it answers nobody, and closes nothing
 * @property {() => Promise<void>} remove ends it, with everything that it made
 */

/**
 * @param {string[]} options of dockerd, beside those that keep it apart from others
 * @returns {Promise<PrivateEngine>} started
 */
export async function startPrivateEngine(options = []) {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-engine-'))
  // Whoever may open the socket gets to it; what else is in the folder stays dockerd's own.
  await chmod(folder, 0o711)
  const bridge = `iso${folder.slice(-6)}`
  const address = `unix://${folder}/docker.sock`
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let daemon

  async function start() {
    const log = join(folder, 'dockerd.log')
    daemon = await startDaemon(['dockerd', ...daemonArguments(folder, address, bridge), ...options], { log })
    await untilItAnswers(daemon, { what: 'A private dockerd', log, address })
  }

  async function kill() {
    await endDaemon(daemon, 'SIGKILL')
    await endOwnContainerd(folder)
  }

  async function stop() {
    await endDaemon(daemon, 'SIGTERM')
    await endOwnContainerd(folder)
  }

  async function remove() {
    await removeContainers(address)
    await stop()
    await endContainers(folder)
    await unmountBelow(folder)
    await run('ip', ['link', 'delete', bridge]).catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await addBridge(bridge)
    await start()
    return { address, start, kill, stop, send: signal => void daemon?.kill(signal), remove }
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
