import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { spread } from './statistics.mjs'

/**
 * Something that is timed, beside others by turns.
 * @typedef {object} Contender
 * @property {string} name
 * @property {() => unknown} run may give how long it took, in ms, when not all of it counts
 */

/**
 * Each once for a warm-up, then by turns: what disturbs the machine disturbs all of them.
 * @param {readonly Contender[]} contenders
 * @param {number} repeats
 * @returns {Promise<Map<string, number[]>>} milliseconds by name
 */
export async function byTurns(contenders, repeats) {
  const times = new Map(contenders.map(({ name }) => /** @type {[string, number[]]} */ ([name, []])))
  for (let turn = -1; turn < repeats; turn++) {
    for (const { name, run } of contenders) {
      const startedAt = performance.now()
      const told = await run()
      if (turn >= 0)
        times.get(name)?.push(typeof told === 'number' ? told : performance.now() - startedAt)
    }
  }
  return times
}

const MOST_TRIES = 4

/**
 * A program, until it has ended well. lsns(8) gives up when a process ends under its hands, and is then started again. Gives NaN for one that
 * does not work on this machine: lsns does not where it may not ask for the parent of some namespace.
 * @param {string} program
 * @param {string[]} args
 * @returns {Contender}
 */
export const program = (program, ...args) => ({
  name: [program, ...args].join(' '),
  async run() {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const startedAt = performance.now()
      const [code] = await once(spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] }), 'exit')
      if (code === 0)
        return performance.now() - startedAt
      if (code === null || code >= 125)
        throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
    }
    return Number.NaN
  },
})

/**
 * One line of the outcome.
 * @typedef {object} Row
 * @property {string} work
 * @property {string} peer
 * @property {number | null} processes how many this machine had
 * @property {number} ratio
 * @property {number} goal
 * @property {string} ours in words
 * @property {string} theirs in words
 */

/** @param {readonly number[]} values milliseconds */
const inWords = (values) => {
  const { median, low, high } = spread(values)
  const digits = median < 10 ? 2 : median < 100 ? 1 : 0
  return `${median.toFixed(digits)} ms (${low.toFixed(digits)} to ${high.toFixed(digits)})`
}

/**
 * @param {Map<string, number[]>} times
 * @param {{ work: string, peer: string, processes: number | null, goal: number, peerName?: string }} of
 * @returns {Row}
 */
export function compared(times, { work, peer, processes, goal, peerName = peer }) {
  const [ours, theirs] = [times.get(work) ?? [], times.get(peer) ?? []]
  return { work, peer: peerName, processes, goal, ratio: spread(ours).median / spread(theirs).median, ours: inWords(ours), theirs: inWords(theirs) }
}

/** @param {Row} row */
export const rowLine = ({ work, peer, processes, ratio, goal, ours, theirs }) =>
  `${Number.isNaN(ratio) ? 'NO PEER' : ratio <= goal ? 'met   ' : 'MISSED'} ${work}${processes === null ? '' : `, ${processes} processes`}: ${ours}; ${peer}: ${theirs}; ratio ${ratio.toPrecision(2)}, goal ${goal}`
