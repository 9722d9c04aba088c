import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

/** Runs the docker command and gives what it wrote to stdout, without the last newline. Rejects with docker's own words. */
export const docker = (...args: string[]): Promise<string> => dockerWithInput([], args)

/** The same with another environment. */
export const dockerWith = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> => dockerWithInput([], args, env)

/** The same with bytes on its stdin: `docker import -` reads an image from there. */
export async function dockerWithInput(input: Iterable<unknown> | AsyncIterable<unknown>, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const child = spawn('docker', args, { env })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  // A docker that fails early closes its stdin: its exit code and words tell why, not the broken pipe.
  const fed = pipeline(input, child.stdin).catch(() => {})
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended, fed])
  if (code !== 0)
    throw new Error(`docker ${args.join(' ')} ended with ${code}: ${stderr.trim()}`)
  return stdout.trimEnd()
}
