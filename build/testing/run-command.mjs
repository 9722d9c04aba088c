import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../launch/build-first.mjs'

const KEPT_LINES = 40

/** @type {Set<number>} process groups that run now */
const running = new Set()

/**
 * Runs a command of the checkout with its output shown, in a process group of its own, so that it ends with all its children.
 * @param {string[]} command
 * @param {{ env: NodeJS.ProcessEnv, limitMs: number, keep?: string[] }} options `keep`: is given the last lines of the output, which is then no terminal's
 * @returns {Promise<string | null>} null after exit code 0, else what happened
 */
export function runCommand([program, ...args], { env, limitMs, keep }) {
  return new Promise((resolve) => {
    const PATH = [join(ROOT, 'node_modules/.bin'), env['PATH']].join(delimiter)
    const child = spawn(program ?? '', args, { cwd: ROOT, env: { ...env, PATH }, stdio: ['ignore', ...keep ? /** @type {const} */ (['pipe', 'pipe']) : /** @type {const} */ (['inherit', 'inherit'])], detached: true })
    if (keep) {
      keepLines(child.stdout, process.stdout, keep)
      keepLines(child.stderr, process.stderr, keep)
    }
    const group = child.pid ?? 0
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      kill(group, 'SIGKILL')
    }, limitMs)
    running.add(group)
    const end = (/** @type {string | null} */ outcome) => {
      clearTimeout(timer)
      running.delete(group)
      resolve(outcome)
    }
    child.on('error', error => end(error.message))
    child.on('close', (code, signal) => {
      if (isLate)
        return end(`took longer than ${limitMs / 60_000} minutes`)
      end(code === 0 ? null : signal ? `ended by ${signal}` : `exit code ${code}`)
    })
  })
}

/**
 * @param {import('node:stream').Readable | null} output
 * @param {NodeJS.WriteStream} shownOn
 * @param {string[]} keep
 */
function keepLines(output, shownOn, keep) {
  if (output === null)
    return
  createInterface({ input: output }).on('line', (line) => {
    shownOn.write(`${line}\n`)
    keep.push(line)
    keep.splice(0, keep.length - KEPT_LINES)
  })
}

/** Ends whatever runs now, with its children: for an interrupted run. */
export function endRunning() {
  for (const group of running)
    kill(group, 'SIGTERM')
}

/**
 * @param {number} group
 * @param {NodeJS.Signals} signal
 */
function kill(group, signal) {
  try {
    if (group > 0)
      process.kill(-group, signal)
  }
  catch {
    // The group is gone already: that is what was wanted.
  }
}
