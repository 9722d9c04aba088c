import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { killIfThere } from '../../build/testing/daemon.mjs'

const run = promisify(execFile)

/**
 * An ordinary user, made for one engine. useradd(8) gives it 65,536 subordinate ids (subuid(5)) of its own.
 * @typedef {object} TestUser
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {(command: string[], env?: Record<string, string>) => string[]} as the command that runs another as this user, with an environment of its own
 * @property {() => Promise<void>} remove ends every process of the user first
 */

/**
 * @param {string} home is made, and is the user's own
 * @returns {Promise<TestUser>}
 */
export async function addTestUser(home) {
  const name = `isotest${randomBytes(4).toString('hex')}`
  await run('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', name])
  const idOf = async (/** @type {string} */ flag) => Number((await run('id', [flag, name])).stdout)
  const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')])
  await mkdir(home, { recursive: true, mode: 0o700 })
  await chown(home, uid, gid)
  return {
    name,
    uid,
    gid,
    as: (command, env = {}) => ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--reset-env', 'env', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', `HOME=${home}`,
      ...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...command],
    remove: async () => {
      await endProcessesOf(uid)
      // One that was killed is counted until its parent has collected it.
      await run('userdel', ['--force', name])
    },
  }
}

/** @param {number} uid */
async function endProcessesOf(uid) {
  const { stdout } = await run('ps', ['-U', String(uid), '-o', 'pid=']).catch(() => ({ stdout: '' }))
  for (const pid of stdout.split('\n').filter(Boolean))
    killIfThere(Number(pid))
}
