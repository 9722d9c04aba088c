import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** Ctrl-C in a terminal reaches the child by itself; sent on, it would count twice. */
const FORWARDED = /** @type {NodeJS.Signals[]} */ (process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program as if it were this one: signals go to it, and its exit code is the answer (128 + n after signal n,
 * as a shell has it).
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onLine?: (line: string) => void }} options
 *   `onLine` hears each line of the child's stdout, which is passed on as it comes
 * @returns {Promise<number>}
 */
export function runChild(command, args, { onLine, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['inherit', onLine ? 'pipe' : 'inherit', 'inherit'] })
    if (onLine)
      passOn(child, onLine)
    const forward = (/** @type {NodeJS.Signals} */ signal) => { child.kill(signal) }
    const wait = () => {}
    for (const signal of FORWARDED)
      process.on(signal, forward)
    process.on('SIGINT', wait)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of FORWARDED)
        process.off(name, forward)
      process.off('SIGINT', wait)
      resolve(signal ? 128 + constants.signals[signal] : code ?? 1)
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(line: string) => void} onLine
 */
function passOn(child, onLine) {
  let rest = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(onLine)
  })
}
