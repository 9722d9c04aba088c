#!/usr/bin/env node
import { homedir } from 'node:os'
import { Command, CommanderError } from 'commander'
import { version } from '../package.json'
import { createService, type Service } from '../engine/service'
import { ProblemError } from '../shared/model/problem'
import { visibleText } from '../shared/text/visible-text'
import { addDiff } from './commands/diff'
import { addEndpoints } from './commands/endpoints'
import { addLs } from './commands/ls'
import { addOpen } from './commands/open'
import { EngineMissing } from './commands/reach-engine'
import { addReport } from './commands/report'
import { addSchema } from './commands/schema'
import { addServe } from './commands/serve'
import { addSnapshot } from './commands/snapshot'
import type { CommandContext } from './context'
import { addEngineOptions, engineEnvironment, engineOptions } from './engine-options'
import { createPaint, wantsColours } from './print/colours'
import { bugLines, engineMissingLines, problemLines } from './print/problem-lines'

const FAILED = 1
const USAGE = 2

const isTerminal = Boolean(process.stdout.isTTY)
const stop = new AbortController()
let service: Service | undefined
let failed = FAILED

const program = new Command('isoscope')
  .description('See how a Docker container is isolated from its host.')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(text.split('\n').map(visibleText).join('\n')) })
  .exitOverride()
addEngineOptions(program)

const context: CommandContext = {
  version,
  env: process.env,
  service: () => service ??= createService({
    env: process.env,
    homeDirectory: homedir(),
    platform: process.platform,
    isoscopeVersion: version,
    now: () => new Date(),
    ...engineOptions(program),
  }),
  launcherEnv: () => engineEnvironment(program, process.env),
  signal: stop.signal,
  print: (line) => { process.stdout.write(`${line}\n`) },
  note: (line) => { process.stderr.write(`${line}\n`) },
  failWith: (exitCode) => { failed = exitCode },
  paint: createPaint(wantsColours(process.env, isTerminal)),
  isTerminal,
}

addLs(program, context)
addSnapshot(program, context)
addReport(program, context)
addDiff(program, context)
addSchema(program, context)
addServe(program, context)
addOpen(program, context)
addEndpoints(program, context)

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(name, () => stop.abort(new ProblemError({ code: 'PROGRAM_ENDED', what: 'Stopped before it was done.', fix: 'Run the command again.' })))
process.stdout.on('error', leaveOutput)
process.stderr.on('error', () => {})

// Without `await`: what a command loads imports from this file, and would wait for it as it waits for that.
void run()

async function run(): Promise<void> {
  try {
    await program.parseAsync()
  }
  catch (error) {
    process.exitCode = exitCodeOf(error)
  }
  finally {
    await service?.close()
  }
}

/** Prints what went wrong, unless commander already has. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? 0 : USAGE
  for (const line of linesOf(error))
    context.note(line)
  return failed
}

function linesOf(error: unknown): string[] {
  if (error instanceof EngineMissing)
    return engineMissingLines(error.status)
  return error instanceof ProblemError ? problemLines(error.problem) : bugLines(error)
}

/** The reader of a pipe left (`| head -1`): what is still written goes nowhere, and that is no failure. */
function leaveOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE')
    return
  context.note(`isoscope: cannot write its output: ${error.code}`)
  process.exitCode = failed
}
