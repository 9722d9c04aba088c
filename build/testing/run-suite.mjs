import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { countPlaywright, countVitest } from './count-tests.mjs'
import { runCommand } from './run-command.mjs'

/** What hangs ends with it; the longest suite takes four minutes on a machine with two cores, and ten where others are busy on it. */
const LIMIT_MS = 20 * 60_000

/**
 * @typedef {import('./suites.mjs').Suite} Suite
 * @typedef {import('./count-tests.mjs').Counts & { name: string, seconds: number, notes: string[] }} Result
 */

/**
 * Runs one suite. A suite that ran no test has failed, and so has a test that a suite skipped without being asked.
 * @param {Suite} suite
 * @param {{ env: NodeJS.ProcessEnv, folder: string }} options `folder`: where reports may be written
 * @returns {Promise<Result>}
 */
export async function runSuite(suite, { env, folder }) {
  const report = join(folder, `${suite.name}.json`)
  const startedAt = performance.now()
  await rm(report, { force: true })
  /** @type {string[]} */
  const lastLines = []
  const trouble = await runCommand([...suite.command, ...reporters(suite, report)], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    limitMs: LIMIT_MS,
    ...suite.counts === 'exit code' && { keep: lastLines },
  })
  const counts = suite.counts === 'exit code'
    ? { passed: trouble ? 0 : 1, failed: trouble ? 1 : 0, skipped: 0, failures: trouble ? [lastLines.join('\n')] : [] }
    : await readCounts(suite, report)
  return { name: suite.name, seconds: (performance.now() - startedAt) / 1000, ...judge(counts, trouble) }
}

/**
 * @param {Suite} suite
 * @param {string} report
 */
function reporters({ counts }, report) {
  if (counts === 'vitest')
    return ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return counts === 'playwright' ? ['--', '--reporter=list,json'] : []
}

/**
 * @param {Suite} suite
 * @param {string} report
 * @returns {Promise<import('./count-tests.mjs').Counts>}
 */
async function readCounts(suite, report) {
  const text = await readFile(report, 'utf8').catch(() => null)
  if (text === null)
    return { passed: 0, failed: 0, skipped: 0, failures: [] }
  return (suite.counts === 'vitest' ? countVitest : countPlaywright)(JSON.parse(text))
}

/**
 * @param {import('./count-tests.mjs').Counts} counts
 * @param {string | null} trouble what the command's end says
 */
export function judge({ passed, failed, skipped, failures }, trouble) {
  const notes = trouble ? [trouble] : []
  if (skipped > 0)
    notes.push(`${skipped} skipped without being asked: counted as failed`)
  if (passed + failed + skipped === 0)
    notes.push('no test ran')
  const known = failed + skipped
  return { passed, failed: known === 0 && notes.length > 0 ? 1 : known, skipped: 0, failures, notes }
}
