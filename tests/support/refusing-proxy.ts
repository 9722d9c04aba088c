import { chmodSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { tempFolder } from './temp-folder'

export interface RefusingProxy {
  /** For DOCKER_HOST. */
  readonly address: string
  /** Method and path of what was asked and not refused. */
  readonly asked: readonly string[]
  readonly close: () => void
}

/** Stands before the tests' engine and refuses some of what it is asked, as an authorization plugin does: 403 and these words. */
export async function startRefusingProxy(refuse: (method: string, path: string) => string | null): Promise<RefusingProxy> {
  const socketPath = join(tempFolder(), 'engine.sock')
  const engine = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  const asked: string[] = []
  const server = createServer((asking: IncomingMessage, answer: ServerResponse) => {
    const [method = '', path = ''] = [asking.method, asking.url?.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '')]
    const message = refuse(method, path)
    if (message !== null) {
      answer.writeHead(403, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }))
      return
    }
    asked.push(`${method} ${path}`)
    const passedOn = request({ socketPath: engine, method, path: asking.url, headers: asking.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
    })
    passedOn.on('error', () => answer.destroy())
    asking.pipe(passedOn)
  })
  // An attached connection: from here on bytes go either way.
  server.on('upgrade', (asking: IncomingMessage, socket: Duplex, head: Buffer) => {
    const passedOn = connect(engine)
    const headers = asking.rawHeaders.flatMap((name, index, all) => index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [])
    passedOn.write([`${asking.method} ${asking.url} HTTP/1.1`, ...headers, '', ''].join('\r\n'))
    passedOn.write(head)
    socket.pipe(passedOn).pipe(socket)
    socket.on('error', () => passedOn.destroy())
    passedOn.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => { server.listen(socketPath, resolve) })
  // Open to a test that runs Isoscope as another user.
  chmodSync(dirname(socketPath), 0o755)
  chmodSync(socketPath, 0o666)
  return {
    address: `unix://${socketPath}`,
    asked,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
