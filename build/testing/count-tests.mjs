import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures each test that failed, with the beginning of what it said
 */

const LINES_OF_A_FAILURE = 12

/** @param {string[]} messages */
function failure(/** @type {string} */ name, messages) {
  const lines = messages.flatMap(message => stripVTControlCharacters(message).split('\n')).filter(line => line.trim() !== '')
  return [name, ...lines.slice(0, LINES_OF_A_FAILURE).map(line => `  ${line}`)].join('\n')
}

const VitestReport = z.object({
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    message: z.string(),
    assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) })),
  })),
})

/**
 * Counts vitest's JSON report. A file that could not even be loaded holds no tests and is one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const failures = []
  for (const { name, status, message, assertionResults } of VitestReport.parse(report).testResults) {
    const failed = assertionResults.filter(test => test.status === 'failed')
    for (const test of assertionResults)
      counts[test.status === 'passed' ? 'passed' : test.status === 'failed' ? 'failed' : 'skipped'] += 1
    failures.push(...failed.map(test => failure(`${name} › ${test.fullName}`, test.failureMessages)))
    if (status === 'failed' && failed.length === 0) {
      counts.failed += 1
      failures.push(failure(name, [message]))
    }
  }
  return { ...counts, failures }
}

const Message = z.object({ message: z.string().optional() })

const Spec = z.object({
  title: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ errors: z.array(Message) })) })),
})

/** A file, or a group of tests in it. */
const PlaywrightSuite = z.object({
  title: z.string(),
  specs: z.array(Spec),
  get suites() {
    return z.array(PlaywrightSuite).optional()
  },
})

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(Message),
  suites: z.array(PlaywrightSuite),
})

/**
 * Counts Playwright's JSON report. A test that passed only when tried again has failed; so has each error outside of tests.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { stats, errors, suites } = PlaywrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...suites.flatMap(playwrightFailures), ...errors.map(({ message = '' }) => failure('outside of tests', [message]))],
  }
}

/**
 * @param {z.infer<typeof PlaywrightSuite>} suite
 * @returns {string[]}
 */
function playwrightFailures({ title, specs, suites = [] }) {
  const failed = specs.flatMap(spec => spec.tests
    .filter(test => test.status === 'unexpected' || test.status === 'flaky')
    .map(test => failure(`${title} › ${spec.title}`, test.results.flatMap(({ errors }) => errors.map(({ message = '' }) => message)))))
  return [...failed, ...suites.flatMap(playwrightFailures)]
}
