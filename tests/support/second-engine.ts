import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { linesOf, run } from '../live/oracles/run'

/** A dockerd of a test's own beside the engine that is there, to be ended and started at will. */
export interface SecondEngine {
  /** As DOCKER_HOST has it. */
  readonly address: string
  /** SIGKILL: no stream is ended, no socket is removed. Resolves when the process is gone. */
  readonly kill: () => Promise<void>
  /** Resolves when it answers. */
  readonly start: () => Promise<void>
  /** Ends it, with everything that it made. */
  readonly remove: () => Promise<void>
}

const ANSWER_LIMIT_MS = 60_000

/** Starts a private dockerd: root on Linux. It makes no firewall rule, and has a bridge of its own: a dockerd without one removes `docker0`. */
export async function startSecondEngine(): Promise<SecondEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-live-engine-'))
  const bridge = `isolive${process.pid.toString(36)}`
  const address = `unix://${folder}/docker.sock`
  let daemon: ChildProcess | undefined

  async function start(): Promise<void> {
    const log = await open(join(folder, 'dockerd.log'), 'a')
    daemon = spawn('dockerd', flags(folder, address, bridge), { stdio: ['ignore', log.fd, log.fd], detached: true })
    await log.close()
    await vi.waitUntil(() => run('docker', '--host', address, 'version').then(() => true, () => false), { timeout: ANSWER_LIMIT_MS, interval: 200 })
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null)
      return
    const gone = once(daemon, 'exit')
    daemon.kill(signal)
    await gone
  }

  async function remove(): Promise<void> {
    await end('SIGTERM')
    await endOwnContainerd(folder)
    await endContainers(folder)
    await unmountBelow(folder)
    await run('ip', 'link', 'delete', bridge)
    await rm(folder, { recursive: true, force: true })
  }

  await addBridge(bridge)
  const engine: SecondEngine = {
    address,
    start,
    remove,
    async kill() {
      await end('SIGKILL')
      await endOwnContainerd(folder)
    },
  }
  await start().catch(async (error: unknown) => {
    const words = await readFile(join(folder, 'dockerd.log'), 'utf8')
    await remove()
    throw new Error(`a second dockerd did not start: ${words.slice(-2000)}`, { cause: error })
  })
  return engine
}

const flags = (folder: string, address: string, bridge: string): string[] => [
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

/** With a subnet that no interface of this machine has. */
async function addBridge(name: string): Promise<void> {
  const taken = await run('ip', '-oneline', '-4', 'address')
  const third = Array.from({ length: 256 }, (_, index) => index).find(index => !taken.includes(` 10.215.${index}.`))
  await run('ip', 'link', 'add', name, 'type', 'bridge')
  await run('ip', 'address', 'add', `10.215.${third}.1/24`, 'dev', name)
  await run('ip', 'link', 'set', name, 'up')
}

/**
 * The containerd that a dockerd starts for itself is killed with it (prctl(2), PR_SET_PDEATHSIG). Its pid file stays, and where the
 * system's first process is slow to reap it, the next dockerd would wait for that dead one.
 */
async function endOwnContainerd(folder: string): Promise<void> {
  const pidFile = join(folder, 'exec/containerd/containerd.pid')
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (pid > 0 && (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder))
    process.kill(pid, 'SIGKILL')
  await rm(pidFile, { force: true })
}

/** Containers outlive a daemon that was killed: their processes are children of shims that name the daemon's folder. */
async function endContainers(folder: string): Promise<void> {
  const shims = (await linesOf('ps', '-e', '-o', 'pid=,args=')).filter(line => line.includes('containerd-shim') && line.includes(`${folder}/exec/`)).map(line => Number.parseInt(line, 10))
  for (const shim of shims) {
    const children = await linesOf('ps', '--ppid', String(shim), '-o', 'pid=').catch(() => [])
    for (const pid of [...children.map(Number), shim])
      process.kill(pid, 'SIGKILL')
  }
}

/** A daemon that was killed leaves mounts; removing through one would remove what is mounted there. */
async function unmountBelow(folder: string): Promise<void> {
  const mountPoints = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map(line => line.split(' ')[4] ?? '')
  for (const path of mountPoints.filter(mountPoint => mountPoint.startsWith(`${folder}/`)).reverse())
    await run('umount', '--lazy', path)
}
