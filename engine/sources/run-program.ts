import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

const TIMEOUT_MS = 5000
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

/** What a program of this system's own prints. The wide characters of names come through in a UTF-8 locale only (ps(1) of macOS). */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'en_US.UTF-8' }

export interface ProgramOutput {
  /** One character a byte (latin1). */
  readonly text: string
  /** Of the process that printed it, which may be in its own list. */
  readonly pid: number | undefined
}

/** Runs a program without a shell, on a deadline and with a limit to its output. Throws the system's error. */
export async function runProgram(program: string, args: readonly string[], signal: AbortSignal): Promise<ProgramOutput> {
  const running = run(program, args, { signal, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, encoding: 'latin1', env: ENVIRONMENT })
  const { stdout } = await running
  return { text: stdout, pid: running.child.pid }
}
