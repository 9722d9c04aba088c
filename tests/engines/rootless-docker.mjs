import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endDaemon, removeContainers, startDaemon, unmountBelow, untilItAnswers } from '../../build/testing/daemon.mjs'
import { addTestUser } from './test-user.mjs'

const run = promisify(execFile)

/** RootlessKit copies up /run: links to the real one's folders stay, and are not the user's (dockerd-rootless.sh removes them too). */
const AS_ITS_ROOT = ['sh', '-c', 'rm -f /run/docker /run/containerd /run/xtables.lock; exec "$@"', 'sh']

/**
 * Docker in the namespaces of an ordinary user, made for it. It has the network of the host: without /dev/net/tun there is no other.
 * @returns {Promise<import('./engines.mjs').StartedEngine>}
 */
export async function startRootlessDocker() {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-rootless-'))
  await chmod(folder, 0o711)
  const user = await addTestUser(join(folder, 'home'))
  const [runtime, own] = [join(folder, 'run'), join(folder, 'engine')]
  const address = `unix://${own}/docker.sock`
  const log = join(folder, 'dockerd.log')
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let daemon

  async function remove() {
    await removeContainers(address)
    await endDaemon(daemon, 'SIGTERM')
    await user.remove()
    await unmountBelow(folder)
    await run('rm', ['-rf', folder])
  }

  try {
    for (const path of [runtime, own]) {
      await mkdir(path, { mode: path === runtime ? 0o700 : 0o711 })
      await chown(path, user.uid, user.gid)
    }
    const dockerd = ['dockerd', '--rootless', `--host=${address}`, `--data-root=${own}/data`, `--exec-root=${own}/exec`, `--pidfile=${own}/dockerd.pid`, '--iptables=false', '--ip6tables=false', '--bridge=none']
    const rootlesskit = ['rootlesskit', `--state-dir=${own}/rootlesskit`, '--net=host', '--port-driver=none', '--copy-up=/etc', '--copy-up=/run', '--propagation=rslave']
    daemon = await startDaemon(user.as([...rootlesskit, ...AS_ITS_ROOT, ...dockerd], { XDG_RUNTIME_DIR: runtime }), { log })
    await untilItAnswers(daemon, { what: 'A rootless dockerd', log, address })
    return { address, user, run: null, remove }
  }
  catch (error) {
    await remove()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
