import { setTimeout as wait } from 'node:timers/promises'
import { runToEnd } from '../actions/run-to-end'
import { signalMarked } from '../actions/signal-marked'
import type { DockerEngine } from '../sources/docker'

/** A terminal that is open, as far as it takes to end it. */
export interface HungUp {
  readonly docker: DockerEngine
  readonly containerId: string
  readonly execId: string
  readonly shell: string
  readonly user: string
  /** What its programs inherit in their environment, and no other has. */
  readonly mark: string
  /** Types into it. */
  readonly type: (keys: string) => void
}

/** Shells that take the script below; of others, `/bin/sh` is tried. */
const TAKES_SCRIPT = /(?:^|\/)(?:bash|zsh|ksh|mksh|dash|ash|sh)$/

/** Interrupt and end of file: what ends most programs that read from a terminal (termios(3), VINTR and VEOF). */
const INTERRUPT_AND_END = '\x03\x04'

const HANG_UP_MS = 2_000
const POLL_MS = 50
/** An engine that does not answer meanwhile is not waited for. */
const ALL_MS = 15_000

/**
 * Ends a terminal's programs as the closing of its window would: SIGHUP, and SIGKILL where the shell is still there after two seconds. An
 * engine itself lets an exec'd program live when its connection goes away (measured: Docker 20.10; moby, issue 9098), and has no call that ends one. What
 * cannot be reached: programs of another user, or without the inherited environment, that ignore the end of their terminal; and a container
 * that is paused, or has no shell to run the signals from. Never throws.
 */
export async function hangUp(terminal: HungUp): Promise<void> {
  const signal = AbortSignal.timeout(ALL_MS)
  try {
    if (!await isRunning(terminal, signal))
      return
    for (const name of ['HUP', 'KILL']) {
      if (!await hasSignalled(terminal, name, signal))
        terminal.type(INTERRUPT_AND_END)
      if (await hasEnded(terminal, signal))
        return
    }
  }
  catch {
    // The engine or the container is gone, and the shell with it.
  }
}

/** Whether there was a shell that could do it. */
async function hasSignalled({ docker, containerId, shell, user, mark }: HungUp, name: string, signal: AbortSignal): Promise<boolean> {
  const runner = TAKES_SCRIPT.test(shell) ? shell : '/bin/sh'
  try {
    return (await runToEnd(docker, containerId, { command: signalMarked(runner, mark, name), user, workingDirectory: '/', environment: [] }, signal)).status.ExitCode === 0
  }
  catch {
    return false
  }
}

async function hasEnded(terminal: HungUp, signal: AbortSignal): Promise<boolean> {
  const until = performance.now() + HANG_UP_MS
  while (performance.now() < until) {
    if (!await isRunning(terminal, signal))
      return true
    await wait(POLL_MS, undefined, { signal })
  }
  return false
}

const isRunning = async ({ docker, execId }: HungUp, signal: AbortSignal): Promise<boolean> => (await docker.inspectExec(execId, signal)).Running
