import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The built command line's own web host, as a person starts it. */
export interface WebHost {
  readonly pid: number
  /** A link that has not been used; the host prints the next one when one is. */
  takeLink: () => Promise<string>
  /** What it has written to its terminal until now, but for the links that were taken. */
  said: () => string
  stop: () => Promise<void>
}

/** Starts `isoscope serve` with leave to change the engine, as the desktop has it; `dockerHost` overrides where it looks for the engine. */
export function startWebHost(dockerHost: string | null): WebHost {
  const env = dockerHost === null ? process.env : { ...process.env, DOCKER_HOST: dockerHost }
  const child = spawn(process.execPath, ['out/cli/isoscope.js', 'serve', '--allow-actions'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid === undefined)
    throw new Error('isoscope serve was not started.')
  const said: Buffer[] = []
  child.stderr.on('data', chunk => said.push(chunk))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid,
    takeLink: async () => {
      const { value, done } = await lines.next()
      if (done)
        throw new Error(`isoscope serve ended before it printed a link: ${Buffer.concat(said).toString()}`)
      return value
    },
    said: () => Buffer.concat(said).toString(),
    stop: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : null
      child.kill()
      await ended
    },
  }
}
