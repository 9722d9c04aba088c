import type { Service } from '../engine/service'
import type { Paint } from './print/colours'

/** What main.ts gives to every command. */
export interface CommandContext {
  version: string
  env: NodeJS.ProcessEnv
  /** Made when a command first asks for it. */
  service: () => Service
  /** What a program is started with that looks for the engine by itself. */
  launcherEnv: () => NodeJS.ProcessEnv
  /** Aborts when a person or the system ends the program. */
  signal: AbortSignal
  /** Standard output, line by line. */
  print: (line: string) => void
  /** Words for a person beside the output, on standard error. */
  note: (line: string) => void
  /** Ends with another exit code than 1 when the command fails, where 1 is an answer. */
  failWith: (exitCode: number) => void
  paint: Paint
  /** Standard output is a terminal. */
  isTerminal: boolean
}
