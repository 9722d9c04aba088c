import { spawn } from 'node:child_process'
import { once } from 'node:events'
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
export async function runChild(command, args, { onLine, ...options } = {}) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  const forward = (/** @type {NodeJS.Signals} */ signal) => { child?.kill(signal) }
  const wait = () => {}
  // Before the start: a signal that comes between the two would end this program and leave the child alone.
  FORWARDED.forEach(name => process.on(name, forward))
  process.on('SIGINT', wait)
  try {
    child = spawn(command, args, { ...options, stdio: ['inherit', onLine ? 'pipe' : 'inherit', 'inherit'] })
    if (onLine)
      passOn(child, onLine)
    const [code, signal] = await once(child, 'close')
    return signal ? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)] : code ?? 1
  }
  finally {
    FORWARDED.forEach(name => process.off(name, forward))
    process.off('SIGINT', wait)
  }
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
