/** @typedef {import('./run-suite.mjs').Result} Result */

/**
 * The last lines of a run: what failed, with the beginning of what it said; one for each suite, then what was left out, then the sum.
 * @param {Result[]} results
 * @param {string[]} leftOut names of suites that a person asked to leave out; each counts as one that was skipped
 */
export function summary(results, leftOut) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => results.reduce((total, result) => total + result[key], 0)
  return [
    ...results.flatMap(({ name, failures }) => failures.map(failure => `\n── ${name} failed: ${failure}`)),
    '',
    ...results.map(resultLine),
    ...leftOut.map(name => `${name.padEnd(12)} did not run: left out by --without`),
    `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped') + leftOut.length} skipped`,
  ].join('\n')
}

/** @param {Result} result */
function resultLine({ name, passed, failed, seconds, notes }) {
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`
  return [name.padEnd(12), counts, ...(notes.length > 0 ? [`  ${notes.join('; ')}`] : [])].join('')
}
