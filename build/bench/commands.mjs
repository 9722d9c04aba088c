import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../launch/build-first.mjs'

const ISOSCOPE = join(ROOT, 'out/cli/isoscope.js')

/** How long a command takes until it ends, in ms; throws when it fails. @param {string} program @param {string[]} args */
export async function commandMs(program, args) {
  const startedAt = performance.now()
  const child = spawn(program, args, { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
  return performance.now() - startedAt
}

/** A whole snapshot of one container by the command line, in ms. @param {string} container */
export const snapshotMs = container => commandMs(process.execPath, [ISOSCOPE, 'snapshot', container, '--json'])

/** From the start of `isoscope serve` to the link that it prints, in ms. */
export async function webHostMs() {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [ISOSCOPE, 'serve'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  await once(createInterface({ input: child.stdout }), 'line')
  const took = performance.now() - startedAt
  child.kill()
  await ended
  return took
}
