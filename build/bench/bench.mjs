// npm run bench [-- REPEATS]: how long Isoscope takes to its first list and how much memory it has then, beside a bare window on the same
// Electron, by turns. Both are packed alike, with the same fuses. Says what it found and how far that is from the goals; it never fails on them.
import { execFile } from 'node:child_process'
import { cp, readFile, rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createPackage } from '@electron/asar'
import { z } from 'zod'
import { ROOT } from '../launch/build-first.mjs'
import { commandMs, snapshotMs, webHostMs } from './commands.mjs'
import { openDisplay } from './display.mjs'
import { FIRST_LIST, FIRST_PICTURE, measureStart } from './start-up.mjs'
import { comparison, spread } from './statistics.mjs'

const run = promisify(execFile)
const CONTAINER = 'nodeapp-container'
const GOALS = { startUp: 1.5, memory: 1.6 }
const MB = 1_000_000
const repeats = Number(process.argv[2] ?? 9)

const say = (/** @type {string} */ line) => { process.stdout.write(`${line}\n`) }

if (process.platform !== 'linux')
  throw new Error('npm run bench reads /proc: it needs Linux.')
say('Packing …')
await run(process.execPath, ['build/pack/pack.mjs'], { cwd: ROOT })
const { executable, electron } = z.object({ executable: z.string(), electron: z.string() }).parse(JSON.parse(await readFile(join(ROOT, 'out/packed/packed.json'), 'utf8')))
const bare = await packBare(executable)
const display = await openDisplay()
try {
  say(`Electron ${electron}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${repeats} starts of each by turns; median (smallest to largest)`)
  await benchDesktop()
}
finally {
  await display.stop()
  await rm(dirname(bare), { recursive: true, force: true })
}
await benchCommands()

async function benchDesktop() {
  const isoscope = { name: 'Isoscope', executable, address: 'app:', painted: FIRST_LIST }
  const other = { name: 'bare', executable: bare, address: 'file:', painted: FIRST_PICTURE }
  // The first start of each reads its files from the disk, and is not counted.
  await measureStart(isoscope, display.name)
  await measureStart(other, display.name)
  const [ours, others] = [[], []].map(() => /** @type {import('./start-up.mjs').Measurement[]} */ ([]))
  for (let turn = 0; turn < repeats; turn++) {
    ours?.push(await measureStart(isoscope, display.name))
    others?.push(await measureStart(other, display.name))
  }
  const compare = (/** @type {string} */ what, /** @type {string} */ unit, /** @type {(one: import('./start-up.mjs').Measurement) => number} */ value, /** @type {number} */ goal) =>
    say(comparison(what, unit, ['Isoscope', (ours ?? []).map(value)], ['bare', (others ?? []).map(value)], goal))
  compare('start-up', 'ms', ({ startMs }) => startMs, GOALS.startUp)
  compare('memory', 'MB', ({ memoryBytes }) => memoryBytes / MB, GOALS.memory)
  say('start-up: from the start of the process to the first painted container list, and to the bare window\'s first contentful paint.')
  say('memory: proportional set size (PSS) of all processes together, three seconds after that.')
}

/** Beside `docker inspect` of the same container, where that runs. */
async function benchCommands() {
  const times = { snapshot: /** @type {number[]} */ ([]), inspect: /** @type {number[]} */ ([]), host: /** @type {number[]} */ ([]) }
  for (let turn = 0; turn < repeats; turn++) {
    times.snapshot.push(await snapshotMs(CONTAINER))
    times.inspect.push(await commandMs('docker', ['inspect', CONTAINER]))
    times.host.push(await webHostMs())
  }
  say(comparison('snapshot', 'ms', ['isoscope snapshot', times.snapshot], ['docker inspect', times.inspect], null))
  const { median, low, high } = spread(times.host)
  say(`web host   isoscope serve prints its link after ${median.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`)
}

/**
 * The packed folder with the bare application in place of ours: the same program with the same fuses.
 * @param {string} packed
 */
async function packBare(packed) {
  const folder = join(ROOT, 'out/bench/bare')
  await rm(folder, { recursive: true, force: true })
  await cp(dirname(packed), folder, { recursive: true, verbatimSymlinks: true })
  await createPackage(join(ROOT, 'build/bench/bare-app'), join(folder, 'resources/app.asar'))
  return join(folder, 'isoscope')
}
