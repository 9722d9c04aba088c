import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { tempFolder } from './temp-folder'

export interface EngineProxy {
  readonly address: string
  /** Everything that was asked through it, as bytes of latin1. */
  readonly asked: () => string
  readonly connectionCount: () => number
  /** Each connection is cut when so many bytes of replies have gone through it; null: none is. */
  cutAfterBytes: number | null
  /** Nothing goes through any more, and nobody is told: a half-open connection. */
  isBlackHole: boolean
  /** Each piece of a reply waits so long. */
  delayMs: number
  readonly end: () => Promise<void>
}

/** Stands between Isoscope and an engine's socket: records, delays, cuts, and swallows. */
export async function startEngineProxy(target: string): Promise<EngineProxy> {
  const path = join(tempFolder(), 'proxy.sock')
  const open = new Set<Socket>()
  let asked = ''
  let connectionCount = 0
  const server = createServer((client) => {
    connectionCount += 1
    const engine = createConnection(target)
    let passed = 0
    for (const [one, other] of [[client, engine], [engine, client]] as const) {
      open.add(one)
      one.on('error', () => {}).on('close', () => {
        open.delete(one)
        if (!proxy.isBlackHole)
          other.destroy()
      })
    }
    client.on('data', (chunk) => {
      asked += chunk.toString('latin1')
      if (!proxy.isBlackHole)
        engine.write(chunk)
    })
    engine.on('data', (chunk) => {
      const { cutAfterBytes, delayMs } = proxy
      const rest = cutAfterBytes === null ? chunk : chunk.subarray(0, Math.max(0, cutAfterBytes - passed))
      passed += chunk.length
      const isCut = cutAfterBytes !== null && passed >= cutAfterBytes
      setTimeout(() => {
        if (proxy.isBlackHole)
          return
        client.write(rest, () => {
          if (isCut)
            client.destroy()
        })
      }, delayMs)
    })
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  const proxy: EngineProxy = {
    address: `unix://${path}`,
    asked: () => asked,
    connectionCount: () => connectionCount,
    cutAfterBytes: null,
    isBlackHole: false,
    delayMs: 0,
    end: async () => {
      open.forEach(socket => socket.destroy())
      await new Promise(resolve => server.close(resolve))
    },
  }
  return proxy
}
