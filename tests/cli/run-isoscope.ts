import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** The built program: `npm run build` makes it. */
export const PROGRAM = resolve(import.meta.dirname, '../../out/cli/isoscope.js')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

const OF_THE_TESTS = new Set(['NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS'])

/** What the tests' own terminal says about colours must not reach the program. */
export function plainEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_TESTS.has(name))), ...more }
}

type Running = ChildProcessByStdio<null, Readable, Readable>

export function startIsoscope(args: readonly string[], env: Record<string, string> = {}, program = PROGRAM): Running {
  return spawn(process.execPath, [program, ...args], { env: plainEnv(env), stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs the program to its end, with its output in pipes. */
export function isoscope(args: readonly string[], env: Record<string, string> = {}, program = PROGRAM): Promise<Ended> {
  return endOf(startIsoscope(args, env, program))
}

/** Runs a line of bash in which `isoscope` is the program. */
export function bash(line: string): Promise<Ended> {
  const program = `isoscope() { '${process.execPath}' '${PROGRAM}' "$@"; }`
  return endOf(spawn('bash', ['-c', `${program}\n${line}`], { env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] }))
}

async function endOf(child: Running): Promise<Ended> {
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>(done => child.once('close', done)),
  ])
  return { code, stdout, stderr }
}
