import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endDaemon, killIfThere, removeContainers, startDaemon, unmountBelow, untilItAnswers } from '../../build/testing/daemon.mjs'
import { rememberCni } from './cni.mjs'
import { addTestUser } from './test-user.mjs'

const run = promisify(execFile)

/**
 * crun refuses control groups of both versions at once; systemd does not run everywhere; and without CAP_SYS_RESOURCE no limit
 * can be raised to what Podman would set. An ordinary user has no network to give: that needs /dev/net/tun.
 * @param {boolean} isRootless
 */
const configuration = isRootless => [
  '[containers]',
  ...isRootless ? ['netns = "none"'] : [],
  'default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]',
  '[engine]',
  'runtime = "runc"',
  'cgroup_manager = "cgroupfs"',
  'events_logger = "file"',
  '',
].join('\n')

/**
 * Podman's service behind the Docker API: as root, or of an ordinary user that is made for it.
 * @param {{ isRootless: boolean }} options
 * @returns {Promise<import('./engines.mjs').StartedEngine>}
 */
export async function startPodman({ isRootless }) {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-podman-'))
  await chmod(folder, 0o711)
  const user = isRootless ? await addTestUser(join(folder, 'home')) : null
  const [runtime, own] = [join(folder, 'run'), join(folder, 'engine')]
  const address = `unix://${own}/podman.sock`
  const log = join(folder, 'podman.log')
  const removeCni = isRootless ? async () => {} : await rememberCni()
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let daemon

  async function remove() {
    await removeContainers(address)
    await endDaemon(daemon, 'SIGTERM')
    await endKeepers(folder)
    await user?.remove()
    await removeCni()
    await unmountBelow(folder)
    await run('rm', ['-rf', folder])
  }

  try {
    for (const path of [runtime, own]) {
      await mkdir(path, { mode: path === runtime ? 0o700 : 0o711 })
      if (user)
        await chown(path, user.uid, user.gid)
    }
    const settings = join(folder, 'containers.conf')
    await writeFile(settings, configuration(isRootless))
    const service = ['podman', '--root', `${own}/root`, '--runroot', `${own}/runroot`, '--tmpdir', `${own}/tmp`, '--network-config-dir', `${own}/networks`,
      ...user ? ['--storage-driver', 'vfs'] : [], 'system', 'service', '--time', '0', address]
    const env = { CONTAINERS_CONF: settings, XDG_RUNTIME_DIR: runtime }
    daemon = await startDaemon(user ? user.as(service, env) : service, { log, env: user ? process.env : { ...process.env, ...env } })
    await untilItAnswers(daemon, { what: 'The service of Podman', log, address })
    return { address, user, run: null, remove }
  }
  catch (error) {
    await remove()
    throw error
  }
}

/**
 * Podman lets the conmon of an exec wait for five minutes after its end (`--exit-delay 300`).
 * @param {string} folder
 */
async function endKeepers(folder) {
  const { stdout } = await run('ps', ['-ww', '-e', '-o', 'pid=,args='])
  for (const line of stdout.split('\n')) {
    const [, pid, args = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? []
    if (/^\S*conmon /.test(args) && args.includes(`${folder}/`))
      killIfThere(Number(pid))
  }
}
