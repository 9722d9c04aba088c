import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'

export interface Display {
  /** As in DISPLAY: `:99`. */
  name: string
  stop: () => Promise<void>
}

/** A screen that nobody sees: the one that is there, or an Xvfb on the first number that is free. Throws when there is no Xvfb. */
export async function openDisplay(): Promise<Display> {
  const existing = process.env['DISPLAY']
  if (existing || process.platform !== 'linux')
    return { name: existing ?? '', stop: async () => {} }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', () => reject(new Error('A window needs a screen, and there is neither a DISPLAY nor Xvfb: install xvfb.')))
    server.once('exit', code => reject(new Error(`Xvfb ended with ${code}`)))
    const numbers = server.stdio[3]
    if (numbers instanceof Readable)
      numbers.once('data', chunk => resolve(String(chunk).trim()))
  })
  return {
    name: `:${number}`,
    stop: async () => {
      server.kill()
      if (server.exitCode === null && server.signalCode === null)
        await once(server, 'exit')
    },
  }
}
