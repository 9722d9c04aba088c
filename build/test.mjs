// npm test: everything, and its last line is `N passed, N failed, N skipped`.
// npm test -- --without NAME   leaves out a suite, or `provision`, by name.
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEngine } from './testing/engine-for-tests.mjs'
import { endRunning, runCommand } from './testing/run-command.mjs'
import { runSuite } from './testing/run-suite.mjs'
import { startSample } from './testing/sample-for-tests.mjs'
import { SUITES } from './testing/suites.mjs'
import { summary } from './testing/summary.mjs'

const PREPARE_LIMIT_MS = 15 * 60_000

/**
 * @typedef {import('./testing/suites.mjs').Preparation} Preparation
 * @typedef {import('./testing/run-suite.mjs').Result} Result
 */

/** What undoes each preparation, last one first. @type {(() => Promise<void>)[]} */
const undo = []
/** @type {Result[]} */
const results = []
/** Why a preparation is not there, for those that failed. @type {Map<Preparation, string>} */
const unprepared = new Map()
const env = { ...process.env }
let interruptedBy = 0

for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(name, () => {
    interruptedBy = constants.signals[name]
    endRunning()
  })
}

process.exitCode = await test(process.argv.slice(2))

/** @param {string[]} args */
async function test(args) {
  const leftOut = readLeftOut(args)
  if (!leftOut)
    return 2
  try {
    await runAll(SUITES.filter(suite => !leftOut.includes(suite.name)), !leftOut.includes('provision'))
  }
  finally {
    for (const step of undo.reverse())
      await step()
  }
  if (interruptedBy) {
    process.stderr.write('Interrupted: no sum.\n')
    return 128 + interruptedBy
  }
  process.stdout.write(`${summary(results, leftOut)}\n`)
  return results.some(result => result.failed > 0) ? 1 : 0
}

/** @param {string[]} args */
function readLeftOut(args) {
  const known = ['provision', ...SUITES.map(suite => suite.name)]
  try {
    const { values } = parseArgs({ args, options: { without: { type: 'string', multiple: true, default: [] } } })
    const unknown = values.without.find(name => !known.includes(name))
    if (unknown === undefined)
      return known.filter(name => values.without.includes(name))
    process.stderr.write(`There is no suite "${unknown}". --without takes one of: ${known.join(', ')}.\n`)
  }
  catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\nusage: npm test -- [--without NAME]…\n`)
  }
  return null
}

/**
 * @param {import('./testing/suites.mjs').Suite[]} suites
 * @param {boolean} isProvisioned
 */
async function runAll(suites, isProvisioned) {
  const folder = await mkdtemp(join(tmpdir(), 'isoscope-test-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  if (isProvisioned)
    await prepare('provision', async () => throwTrouble(await runCommand(['bash', 'build/provision.sh'], { env, limitMs: PREPARE_LIMIT_MS })))

  const steps = /** @type {Record<Preparation, () => Promise<void>>} */ ({ build, pack, engine, sample })
  const needed = new Set(suites.flatMap(suite => suite.needs))
  for (const name of /** @type {const} */ (['build', 'pack', 'engine', 'sample'])) {
    if (needed.has(name) && !(await prepare(name, steps[name])))
      unprepared.set(name, `there is no ${name}`)
  }
  for (const suite of suites) {
    if (interruptedBy)
      return
    const lacking = suite.needs.map(need => unprepared.get(need)).filter(reason => reason !== undefined)
    process.stdout.write(`\n── ${suite.name}\n`)
    results.push(lacking.length > 0 ? couldNotRun(suite.name, lacking.join(', ')) : await runSuite(suite, { env, folder }))
  }
}

/**
 * A preparation that fails counts as one failed test; one that works is no test.
 * @param {string} name
 * @param {() => Promise<void>} step
 */
async function prepare(name, step) {
  if (interruptedBy)
    return false
  process.stdout.write(`\n── ${name}\n`)
  try {
    await step()
    return true
  }
  catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${words}\n`)
    results.push(couldNotRun(name, words.split('\n')[0] ?? ''))
    return false
  }
}

/** @returns {Result} */
function couldNotRun(/** @type {string} */ name, /** @type {string} */ reason) {
  return { name, passed: 0, failed: 1, skipped: 0, failures: [], seconds: 0, notes: [`could not run: ${reason}`] }
}

function throwTrouble(/** @type {string | null} */ trouble) {
  if (trouble !== null)
    throw new Error(trouble)
}

async function build() {
  throwTrouble(await runCommand([process.execPath, 'build/build.mjs', '--floor'], { env, limitMs: PREPARE_LIMIT_MS }))
}

async function pack() {
  if (unprepared.has('build'))
    throw new Error('there is no build')
  throwTrouble(await runCommand([process.execPath, 'build/pack/pack.mjs'], { env, limitMs: PREPARE_LIMIT_MS }))
}

async function engine() {
  const started = await startEngine()
  undo.push(started.stop)
  Object.assign(env, started.env)
  process.stdout.write(`${started.words}\n`)
}

async function sample() {
  if (unprepared.has('engine'))
    throw new Error('there is no engine')
  undo.push(await startSample(env))
}
