import { execFile } from 'node:child_process'
import { cp, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createPackage } from '@electron/asar'
import { z } from 'zod'
import { ROOT } from '../launch/build-first.mjs'
import { openDisplay } from './display.mjs'
import { FIRST_LIST, FIRST_PICTURE, measureStart } from './start-up.mjs'
import { comparison } from './statistics.mjs'

const run = promisify(execFile)
const GOALS = { startUp: 1.5, memory: 1.6 }
const MB = 1_000_000

/**
 * How long Isoscope takes to its first list and how much memory it has then, beside a bare window on the same Electron, by turns. Both are
 * packed alike, with the same fuses.
 * @param {{ repeats: number, say: (line: string) => void }} options
 */
export async function benchDesktop({ repeats, say }) {
  say('Packing …')
  await run(process.execPath, ['build/pack/pack.mjs'], { cwd: ROOT })
  const { executable, electron } = z.object({ executable: z.string(), electron: z.string() }).parse(JSON.parse(await readFile(join(ROOT, 'out/packed/packed.json'), 'utf8')))
  const bare = await packBare(executable)
  const display = await openDisplay()
  try {
    say(`Electron ${electron}, ${repeats} starts of each by turns; median (smallest to largest)`)
    await compareStarts({ isoscope: executable, bare, display: display.name, repeats, say })
  }
  finally {
    await display.stop()
    await rm(dirname(bare), { recursive: true, force: true })
  }
}

/** @param {{ isoscope: string, bare: string, display: string, repeats: number, say: (line: string) => void }} options */
async function compareStarts({ isoscope, bare, display, repeats, say }) {
  const ours = { name: 'Isoscope', executable: isoscope, address: 'app:', painted: FIRST_LIST }
  const other = { name: 'bare', executable: bare, address: 'file:', painted: FIRST_PICTURE }
  // The first start of each reads its files from the disk, and is not counted.
  await measureStart(ours, display)
  await measureStart(other, display)
  const [mine, others] = [[], []].map(() => /** @type {import('./start-up.mjs').Measurement[]} */ ([]))
  for (let turn = 0; turn < repeats; turn++) {
    mine?.push(await measureStart(ours, display))
    others?.push(await measureStart(other, display))
  }
  const compare = (/** @type {string} */ what, /** @type {string} */ unit, /** @type {(one: import('./start-up.mjs').Measurement) => number} */ value, /** @type {number} */ goal) =>
    say(comparison(what, unit, ['Isoscope', (mine ?? []).map(value)], ['bare', (others ?? []).map(value)], goal))
  compare('start-up', 'ms', ({ startMs }) => startMs, GOALS.startUp)
  compare('memory', 'MB', ({ memoryBytes }) => memoryBytes / MB, GOALS.memory)
  say('start-up: from the start of the process to the first painted container list, and to the bare window\'s first contentful paint.')
  say('memory: proportional set size (PSS) of all processes together, three seconds after that.')
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
