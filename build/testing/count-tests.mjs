import { z } from 'zod'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

const VitestReport = z.object({
  testResults: z.array(z.object({
    status: z.string(),
    assertionResults: z.array(z.object({ status: z.string() })),
  })),
})

/**
 * Counts vitest's JSON report. A file that could not even be loaded holds no tests and is one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of VitestReport.parse(report).testResults) {
    for (const test of file.assertionResults)
      counts[test.status === 'passed' ? 'passed' : test.status === 'failed' ? 'failed' : 'skipped'] += 1
    if (file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'))
      counts.failed += 1
  }
  return counts
}

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
})

/**
 * Counts Playwright's JSON report. A test that passed only when tried again has failed; so has each error outside of tests.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { stats, errors } = PlaywrightReport.parse(report)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}
