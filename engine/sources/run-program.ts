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

/** What a program wrote until it ended, or was ended. */
export interface RunResult {
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** Null: it was ended. */
  readonly exitCode: number | null
  readonly pid: number | null
  /** At which limit it was ended. */
  readonly endedAt: 'time' | 'size' | null
}

/** Runs a program of this system's own in the same way, however it ends. Throws the system's error where it cannot be started. */
export function runToItsEnd(program: string, args: readonly string[], limits: { readonly ms: number, readonly bytes: number }, signal: AbortSignal): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { signal, timeout: limits.ms, killSignal: 'SIGKILL', maxBuffer: limits.bytes, encoding: 'buffer', env: ENVIRONMENT }, (error, stdout, stderr) => {
      const pid = child.pid ?? null
      if (error === null)
        resolve({ stdout, stderr, exitCode: 0, pid, endedAt: null })
      else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        resolve({ stdout, stderr, exitCode: null, pid, endedAt: 'size' })
      else if (pid === null || error.name === 'AbortError')
        reject(error)
      else
        resolve({ stdout, stderr, exitCode: typeof error.code === 'number' ? error.code : null, pid, endedAt: error.killed === true ? 'time' : null })
    })
  })
}
