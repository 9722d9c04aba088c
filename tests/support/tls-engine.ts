import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { ENGINE_SOCKET } from './engine-socket'

export interface TlsEngine {
  readonly port: number
  readonly end: () => Promise<void>
}

/** The engine of this machine behind TLS on loopback: who has no certificate of the authority in `folder` is sent away. */
export async function startTlsEngine(folder: string, socketPath = ENGINE_SOCKET): Promise<TlsEngine> {
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  const open = new Set<{ destroy: () => void }>()
  const server = createServer({ ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), requestCert: true, rejectUnauthorized: true }, (client) => {
    const engine = createConnection(socketPath)
    for (const [one, other] of [[client, engine], [engine, client]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    end: async () => {
      open.forEach(each => each.destroy())
      await new Promise(resolve => server.close(resolve))
    },
  }
}
