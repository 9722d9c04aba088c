import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { ProblemError } from '../../shared/model/problem'
import type { CommandContext } from '../context'

/** The checkout's launcher; a package from a registry holds out/ alone and has none. */
const LAUNCHER = fileURLToPath(new URL('../../build/start.mjs', import.meta.url))

export function addOpen(program: Command, context: CommandContext): void {
  program.command('open')
    .description('open the desktop window (in a checkout), or the page where there is no desktop')
    .action(() => runOpen(context))
}

/** Runs the launcher until it ends; a signal to us is passed on to it. */
async function runOpen({ launcherEnv, signal }: CommandContext): Promise<void> {
  await access(LAUNCHER).catch(() => {
    throw new ProblemError({ code: 'DESKTOP_MISSING', what: 'The desktop window is not part of this installation.', fix: 'Use "isoscope serve" for the same pages in a browser.' })
  })
  const launcher = spawn(process.execPath, [LAUNCHER], { stdio: 'inherit', env: launcherEnv() })
  signal.addEventListener('abort', () => launcher.kill('SIGTERM'), { once: true })
  const [exitCode] = await once(launcher, 'exit')
  if (exitCode !== 0 && !signal.aborted)
    throw new ProblemError({ code: 'DESKTOP_FAILED', what: 'The launcher of the desktop window ended with an error.', fix: 'Its own words stand above this line.' })
}
