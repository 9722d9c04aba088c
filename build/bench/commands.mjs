import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../launch/build-first.mjs'
import { spread } from './statistics.mjs'
import { byTurns, compared, program } from './turns.mjs'

const ISOSCOPE = join(ROOT, 'out/cli/isoscope.js')

/**
 * A whole snapshot by the command line, start-up included, beside what a person would type for the same; and the web host's start.
 * @param {{ container: string, repeats: number, say: (line: string) => void }} options
 * @returns {Promise<import('./turns.mjs').Row[]>}
 */
export async function benchCommands({ container, repeats, say }) {
  const work = 'one whole isoscope snapshot, start-up included'
  const peer = 'docker exec … ps, lsns, docker inspect, docker diff'
  const asTyped = [program('docker', 'exec', container, 'ps'), program('lsns'), program('docker', 'inspect', container), program('docker', 'diff', container)]
  const times = await byTurns([
    { name: work, run: program(process.execPath, ISOSCOPE, 'snapshot', container, '--json').run },
    { name: peer, run: async () => {
      let sum = 0
      for (const { run } of asTyped)
        sum += Number(await run())
      return sum
    } },
    { name: 'serve', run: webHostMs },
  ], repeats)
  const { median, low, high } = spread(times.get('serve') ?? [])
  say(`isoscope serve prints its link after ${median.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`)
  return [compared(times, { work, peer, processes: null, goal: 1 })]
}

/** From the start of `isoscope serve` to the link that it prints, in ms. */
async function webHostMs() {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [ISOSCOPE, 'serve'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  await once(createInterface({ input: child.stdout }), 'line')
  const took = performance.now() - startedAt
  child.kill()
  await ended
  return took
}
