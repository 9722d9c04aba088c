import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Starts this many processes that only wait, in a process group of their own. Resolves when all run; gives what ends them. */
export async function startProcesses(count: number): Promise<() => Promise<void>> {
  const shell = spawn('bash', ['-c', `for ((i = 0; i < ${count}; i++)); do sleep 600 & done; echo started; wait`], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  await once(shell.stdout, 'data')
  return async () => {
    const ended = once(shell, 'exit')
    if (shell.pid !== undefined)
      process.kill(-shell.pid, 'SIGKILL')
    await ended
  }
}
