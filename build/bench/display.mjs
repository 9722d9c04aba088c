import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The display that is there, or an Xvfb of our own. @returns {Promise<{ name: string, stop: () => Promise<void> }>} */
export async function openDisplay() {
  const existing = process.env['DISPLAY']
  if (existing)
    return { name: existing, stop: async () => {} }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const failed = once(server, 'error').then(() => { throw new Error('there is neither a DISPLAY nor Xvfb') })
  const number = server.stdio[3] ? await Promise.race([once(server.stdio[3], 'data'), failed]) : ['']
  failed.catch(() => {})
  return {
    name: `:${String(number[0]).trim()}`,
    stop: async () => {
      const ended = once(server, 'exit')
      server.kill()
      await ended
    },
  }
}
