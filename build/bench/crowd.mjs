import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CONTAINERS = 4
/** As many processes as most containers have at most. */
export const SMALL = 20
const PATIENCE_MS = 180_000

/**
 * Sleepers: half of them on the host, half in a few containers.
 * @typedef {object} Crowd
 * @property {string[]} containers their names
 * @property {string} small one more, with SMALL processes
 * @property {() => Promise<void>} leave ends all of them
 */

const processCount = () => readdirSync('/proc').filter(name => /^\d+$/.test(name)).length

/**
 * Until this machine has `total` processes.
 * @param {number} total
 * @param {string} image one with bash and sleep
 * @returns {Promise<Crowd>}
 */
export async function gatherCrowd(total, image) {
  const before = processCount()
  const missing = Math.max(CONTAINERS * 2, total - processCount())
  const each = Math.floor(missing / 2 / CONTAINERS)
  const containers = Array.from({ length: CONTAINERS }, (_, index) => `isoscope-bench-${process.pid}-${index}`)
  const small = `isoscope-bench-${process.pid}-small`
  const host = spawn('bash', ['-c', sleepers(missing - each * CONTAINERS - 1)], { stdio: 'ignore', detached: true })
  const ended = once(host, 'exit')

  async function leave() {
    if (host.pid !== undefined && host.exitCode === null)
      process.kill(-host.pid, 'SIGKILL')
    await ended
    await run('docker', ['rm', '--force', ...containers, small], { timeout: PATIENCE_MS })
    // Those that were killed are counted until their parent, which is now the machine's first process, has collected them.
    for (const until = Date.now() + PATIENCE_MS; processCount() > before + CONTAINERS * 10 && Date.now() < until;)
      await wait(200)
  }

  try {
    for (const name of [...containers, small])
      await run('docker', ['run', '--detach', '--name', name, '--volume', '/bin/busybox:/bin/busybox:ro', image, 'bash', '-c', sleepers(name === small ? SMALL - 1 : each - 1)])
    for (const until = Date.now() + PATIENCE_MS; processCount() < total * 0.95;) {
      if (Date.now() > until)
        throw new Error(`${total} processes were not there within ${PATIENCE_MS / 1000} seconds`)
      await wait(200)
    }
    return { containers, small, leave }
  }
  catch (error) {
    await leave()
    throw error
  }
}

/** @param {number} count */
const sleepers = count => `for i in $(seq ${count} 2>/dev/null || eval echo {1..${count}}); do sleep 100000 & done; wait`
