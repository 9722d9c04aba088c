import { expect, it } from 'vitest'
import { countPlaywright, countVitest } from '../../../build/testing/count-tests.mjs'
import { judge } from '../../../build/testing/run-suite.mjs'
import { summary } from '../../../build/testing/summary.mjs'

const file = (status: string, ...tests: string[]): object => ({
  name: 'a.test.ts',
  status,
  message: 'cannot be loaded',
  assertionResults: tests.map(test => ({ status: test, fullName: 'adds', failureMessages: test === 'failed' ? ['\u001B[31mexpected 3\u001B[39m\n\n    at sum.ts:1'] : [] })),
})

it('counts the tests of vitest by what became of them', () => {
  expect(countVitest({ testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'todo')] }))
    .toEqual({ passed: 3, failed: 1, skipped: 2, failures: ['a.test.ts › adds\n  expected 3\n      at sum.ts:1'] })
})

it('counts a test file that could not be loaded as one failure', () => {
  expect(countVitest({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['a.test.ts\n  cannot be loaded'] })
})

it('counts a Playwright test that passed at the second try, and an error outside of tests, as failures', () => {
  const spec = (title: string, status: string, ...messages: string[]): object => ({ title, tests: [{ status, results: [{ errors: messages.map(message => ({ message })) }] }] })
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no server' }],
    suites: [{ title: 'a.spec.ts', specs: [spec('is fine', 'expected'), spec('comes', 'flaky', 'came late')], suites: [{ title: 'group', specs: [spec('goes', 'unexpected', 'stayed')] }] }],
  }
  expect(countPlaywright(report)).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
    failures: ['a.spec.ts › comes\n  came late', 'group › goes\n  stayed', 'outside of tests\n  no server'],
  })
})

it('refuses a report that it does not understand', () => {
  expect(() => countVitest({ success: true })).toThrow()
})

it('lets a suite pass that ran and ended well', () => {
  expect(judge({ passed: 3, failed: 0, skipped: 0, failures: [] }, null)).toEqual({ passed: 3, failed: 0, skipped: 0, failures: [], notes: [] })
})

it('fails a suite that ran no test', () => {
  expect(judge({ passed: 0, failed: 0, skipped: 0, failures: [] }, null)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [], notes: ['no test ran'] })
})

it('fails a suite whose tests passed but whose command did not', () => {
  expect(judge({ passed: 3, failed: 0, skipped: 0, failures: [] }, 'exit code 1')).toEqual({ passed: 3, failed: 1, skipped: 0, failures: [], notes: ['exit code 1'] })
})

it('counts a test that was skipped unasked as failed', () => {
  expect(judge({ passed: 3, failed: 0, skipped: 2, failures: [] }, null))
    .toEqual({ passed: 3, failed: 2, skipped: 0, failures: [], notes: ['2 skipped without being asked: counted as failed'] })
})

it('ends with the sum, after the names of what was left out', () => {
  const results = [
    { name: 'unit', passed: 10, failed: 0, skipped: 0, failures: [], seconds: 1, notes: [] },
    { name: 'live', passed: 4, failed: 1, skipped: 0, failures: [], seconds: 2.5, notes: ['exit code 1'] },
  ]
  expect(summary(results, ['desktop']).split('\n').slice(-2)).toEqual([
    'desktop      did not run: left out by --without',
    '14 passed, 1 failed, 1 skipped',
  ])
})
