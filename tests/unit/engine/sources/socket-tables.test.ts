import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { parseProcNetSockets } from '../../../../engine/parse/proc-net-sockets'
import { localProc } from '../../../../engine/sources/local-proc'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => once(server.close(), 'close')))
})

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' ? address?.port ?? 0 : 0
}

// The kernel gives them by the page, which is 27 lines or less; the reader has room for 64 KB at first.
describe.each([['net/tcp', '127.0.0.1'], ['net/tcp6', '::1']] as const)('localProc on %s', (name, host) => {
  it.each([1, 25, 26, 27, 28, 60, 200, 430, 700])('reads all of %i more listeners', async (count) => {
    const ports = await Promise.all(Array.from({ length: count }, () => listen(host)))
    const text = await localProc('/proc').readText(`${process.pid}/${name}`) ?? ''
    const found = parseProcNetSockets(text, 'tcp').map(({ port }) => port)
    expect(ports.filter(port => !found.includes(port))).toEqual([])
    expect(Math.max(...readFileSync(`/proc/${process.pid}/${name}`, 'latin1').split('\n').map(line => line.length))).toBeLessThan(256)
  })
})
