/**
 * @typedef {object} Suite
 * @property {string} name what `--without` takes
 * @property {string[]} command
 * @property {'vitest' | 'playwright' | 'exit code'} counts where the number of its tests comes from; `exit code`: it is one test
 * @property {Preparation[]} needs
 *
 * @typedef {'build' | 'pack' | 'engine' | 'sample'} Preparation
 */

const script = (/** @type {string} */ name) => ['npm', 'run', '--silent', name]

/**
 * Of tests/engines/vantage-points.ts, one for each step of the ladder. They share one engine; every other engine takes as long again, so
 * those are for `npm run verify:all`.
 */
const VERIFIED = ['root', 'docker group', 'over SSH, helper', 'engine API alone']

/**
 * All that `npm test` runs, in this order: what fails fast comes first. The desktop's own tests run on the packed application alone, which is what
 * users have; from the checkout's files Electron is started by `desktop-pages`.
 * @type {Suite[]}
 */
export const SUITES = [
  { name: 'lint', command: script('lint'), counts: 'exit code', needs: [] },
  { name: 'typecheck', command: script('typecheck'), counts: 'exit code', needs: [] },
  { name: 'knip', command: script('knip'), counts: 'exit code', needs: [] },
  { name: 'unit', command: script('test:unit'), counts: 'vitest', needs: [] },
  { name: 'contract', command: script('test:contract'), counts: 'vitest', needs: [] },
  { name: 'house', command: script('test:house'), counts: 'vitest', needs: [] },
  { name: 'live', command: script('test:live'), counts: 'vitest', needs: ['build', 'engine', 'sample'] },
  { name: 'verify', command: [...script('verify:all'), '--', ...VERIFIED], counts: 'exit code', needs: [] },
  { name: 'cli', command: script('test:cli'), counts: 'vitest', needs: ['build', 'engine', 'sample'] },
  { name: 'e2e', command: script('test:e2e'), counts: 'playwright', needs: ['build', 'engine', 'sample'] },
  { name: 'desktop-pages', command: script('test:desktop-pages'), counts: 'playwright', needs: ['build', 'engine', 'sample'] },
  { name: 'packed', command: script('test:packed'), counts: 'playwright', needs: ['build', 'engine', 'sample', 'pack'] },
  { name: 'desktop-packed', command: script('test:desktop-packed'), counts: 'playwright', needs: ['build', 'engine', 'sample', 'pack'] },
]
