import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { endDaemon, startDaemon, untilItAnswers } from '../../build/testing/daemon.mjs'
import { openGuestCommands } from './virtual-machine/guest-commands.mjs'

const run = promisify(execFile)
const SOURCES = fileURLToPath(new URL('virtual-machine', import.meta.url))
/** Built once: what is in it depends on its name alone. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/isoscope/virtual-machine', import.meta.url))
const QEMU = 'qemu-system-x86_64'
const BOOT_LIMIT_MS = 180_000
const MEMORY_MIB = 1536

/**
 * A Docker engine on a Linux kernel of its own, with control groups of version 2, AppArmor and every capability: what Docker Desktop is to
 * a Mac. qemu(1) emulates the processor, as not every machine lets its guests have virtual machines: all is about 15 times slower.
 * Root, to build it; the packages are in build/provision.sh.
 * @returns {Promise<import('./engines.mjs').StartedEngine>}
 */
export async function startVirtualMachine() {
  const built = await builtMachine()
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-vm-'))
  /** @type {Awaited<ReturnType<typeof boot>> | undefined} */
  let machine
  const remove = async () => {
    await machine?.end()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    // qemu keeps what is written to the disk to itself; the state is that of a machine whose engine answers.
    machine = await boot(built, folder, ['-snapshot', '-incoming', `exec:cat ${built}/state`])
    // It stood still since it was built.
    await machine.commands.run('date', '--set', `@${Date.now() / 1000}`)
    return { address: machine.address, user: null, run: machine.commands.run, remove }
  }
  catch (error) {
    await remove()
    throw error
  }
}

/** The folder with disk, kernel and saved state, made if it is not there. */
async function builtMachine() {
  const folder = join(CACHE, await keyOfSources())
  if (await access(folder).then(() => true, () => false))
    return folder
  await mkdir(CACHE, { recursive: true })
  const making = await mkdtemp(join(CACHE, 'making-'))
  try {
    await run(join(SOURCES, 'build-disk.sh'), [making])
    const machine = await boot(making, making, [])
    await save(making)
    await machine.end()
    await rename(making, folder)
    return folder
  }
  finally {
    await rm(making, { recursive: true, force: true })
  }
}

/** A saved state is of one version of qemu. */
async function keyOfSources() {
  const hash = createHash('sha256').update((await run(QEMU, ['--version'])).stdout)
  for (const path of [fileURLToPath(import.meta.url), ...(await readdir(SOURCES)).sort().map(name => join(SOURCES, name))])
    hash.update(path.slice(SOURCES.length)).update(await readFile(path))
  return hash.digest('hex').slice(0, 16)
}

/**
 * @param {string} built
 * @param {string} folder for its sockets and its log
 * @param {string[]} options of qemu beside those of every machine
 */
async function boot(built, folder, options) {
  const port = await freePort()
  const address = `tcp://127.0.0.1:${port}`
  const log = join(folder, 'console.log')
  const daemon = await startDaemon([QEMU, ...machineArguments(built, folder, port), ...options], { log })
  try {
    await untilItAnswers(daemon, { what: 'The engine in a virtual machine', log, address, limitMs: BOOT_LIMIT_MS })
    const commands = await openGuestCommands(join(folder, 'commands.sock'))
    const end = async () => {
      commands.end()
      await endDaemon(daemon, 'SIGTERM')
    }
    return { address, commands, end }
  }
  catch (error) {
    await endDaemon(daemon, 'SIGTERM')
    throw error
  }
}

/** @type {(built: string, folder: string, port: number) => string[]} */
const machineArguments = (built, folder, port) => [
  '-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'max', '-smp', '2', '-m', String(MEMORY_MIB),
  '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-serial', 'stdio',
  '-monitor', `unix:${folder}/monitor.sock,server=on,wait=off`,
  '-kernel', `${built}/vmlinuz`, '-initrd', `${built}/initrd.gz`, '-append', 'console=ttyS0 quiet panic=1 mitigations=off',
  '-drive', `file=${built}/disk.ext4,format=raw,if=virtio,cache=unsafe`,
  '-netdev', `user,id=net,hostfwd=tcp:127.0.0.1:${port}-:2375`, '-device', 'virtio-net-pci,netdev=net,romfile=',
  '-device', 'virtio-serial', '-chardev', `socket,id=commands,path=${folder}/commands.sock,server=on,wait=off`, '-device', 'virtserialport,chardev=commands',
]

/**
 * Writes the memory and the devices of a machine that runs to `state`, from which it goes on in a second, and ends it.
 * @param {string} folder
 */
async function save(folder) {
  const monitor = connect(join(folder, 'monitor.sock'))
  monitor.write(`migrate "exec:cat > ${folder}/state"\ninfo migrate\nquit\n`)
  const words = await text(monitor)
  if (!words.includes('Migration status: completed'))
    throw new Error(`The virtual machine could not be saved. Its monitor says:\n${words}`)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? address?.port ?? 0 : 0
}
