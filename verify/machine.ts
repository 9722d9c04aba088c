import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const runFile = promisify(execFile)
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024

/** Where the oracles run: none of them is a program of ours. */
export interface Machine {
  /** What a program of the engine's machine writes to stdout, in C's language and UTC. Rejects with its own words when it fails. */
  readonly run: (command: string, ...args: string[]) => Promise<string>
  /** The docker command of this computer, for the engine that is verified; without the last newline. */
  readonly docker: (...args: string[]) => Promise<string>
  /** What a program of this computer makes of docker's output: `docker export … | tar --list`. */
  readonly dockerInto: (program: string, ...args: string[]) => Promise<string>
  /** The docker command with what a program of this computer writes on its stdin: `tar … | docker import -`. */
  readonly fromHere: (program: string, ...args: string[]) => Promise<string>
}

/** The engine at `address` (null: as docker would choose), on this very machine. */
export function thisMachine(address: string | null): Machine {
  return { run: runHere, ...engineCommands(address) }
}

/** The engine at that address, on another machine, whose programs `run` runs. */
export function machineBehind(address: string, run: Machine['run']): Machine {
  return { run, ...engineCommands(address) }
}

export async function runHere(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await runFile(command, args, { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, maxBuffer: MAX_OUTPUT_BYTES })
  return stdout
}

/** The docker command of this computer, for one engine (null: as docker would choose). */
function engineCommands(address: string | null): Omit<Machine, 'run'> {
  const host = address === null ? [] : ['--host', address]
  const docker: Machine['docker'] = async (...args) => (await runHere('docker', ...host, ...args)).trimEnd()
  return {
    docker,
    dockerInto: (program, ...args) => runHere('bash', '-o', 'pipefail', '-c', `docker "$@" | ${program}`, 'bash', ...host, ...args),
    fromHere: (program, ...args) => runHere('bash', '-o', 'pipefail', '-c', `${program} | docker "$@"`, 'bash', ...host, ...args),
  }
}
