/**
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} low the smallest
 * @property {number} high the largest
 */

/**
 * @param {readonly number[]} values at least one
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, low: at(0), high: at(sorted.length - 1) }
}

/**
 * One line of the outcome: `start-up  Isoscope 700 ms (650 to 800)  bare 500 ms (480 to 520)  ratio 1.40, goal 1.5`.
 * @param {string} what
 * @param {string} unit
 * @param {[name: string, values: readonly number[]]} ours
 * @param {[name: string, values: readonly number[]]} other
 * @param {number | null} goal
 */
export function comparison(what, unit, [ourName, ours], [otherName, others], goal) {
  const [a, b] = [spread(ours), spread(others)]
  const words = (/** @type {string} */ name, /** @type {Spread} */ { median, low, high }) => `${name} ${median.toFixed(0)} ${unit} (${low.toFixed(0)} to ${high.toFixed(0)})`
  return `${what.padEnd(10)} ${words(ourName, a)}, ${words(otherName, b)}: ratio ${(a.median / b.median).toFixed(2)}${goal === null ? '' : `, goal ${goal}`}`
}
