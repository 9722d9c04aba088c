import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import { startPodman } from './podman.mjs'
import { startRootlessDocker } from './rootless-docker.mjs'
import { addTestUser } from './test-user.mjs'
import { startVirtualMachine } from './virtual-machine.mjs'

/**
 * @typedef {object} StartedEngine
 * @property {string} address as DOCKER_HOST has it
 * @property {import('./test-user.mjs').TestUser | null} user whose engine it is; null: root's
 * @property {((command: string, ...args: string[]) => Promise<string>) | null} run runs a program of the engine's machine; null: that machine is this computer
 * @property {() => Promise<void>} remove ends it, with everything that it made
 */

/**
 * Engines of every kind that a Linux machine can run beside its own, each apart from all others. Root; what they need is in
 * build/provision.sh.
 * @type {Readonly<Record<'docker' | 'docker-remapped' | 'docker-rootless' | 'podman' | 'podman-rootless' | 'virtual-machine', () => Promise<StartedEngine>>>}
 */
export const ENGINES = {
  'docker': async () => ({ ...await startPrivateEngine(), user: null, run: null }),
  'docker-remapped': startRemappedDocker,
  'docker-rootless': startRootlessDocker,
  'podman': () => startPodman({ isRootless: false }),
  'podman-rootless': () => startPodman({ isRootless: true }),
  'virtual-machine': startVirtualMachine,
}

/**
 * dockerd with user namespaces (`--userns-remap`): its containers' ids are those that an own user has as subordinate ones.
 * @returns {Promise<StartedEngine>}
 */
async function startRemappedDocker() {
  const home = await mkdtemp(join(tmpdir(), 'isoscope-remapped-'))
  const user = await addTestUser(home)
  const removeUser = async () => {
    await user.remove()
    await rm(home, { recursive: true, force: true })
  }
  try {
    const engine = await startPrivateEngine([`--userns-remap=${user.name}`])
    return { address: engine.address, user: null, run: null, remove: () => engine.remove().finally(removeUser) }
  }
  catch (error) {
    await removeUser()
    throw error
  }
}
