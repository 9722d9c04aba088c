import { Agent, type ClientRequest } from 'node:http'
import { createConnection, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { endpointTarget, type ReachableEndpoint } from './endpoint-target'
import { openSsh } from './ssh-connection'
import { readTlsFiles } from './tls-files'

/** Connections to one endpoint, kept for the next request. Nothing is opened before the first. */
export interface Transport {
  readonly agent: Agent
  /** What is sent as `Host`: a proxy before an engine chooses by it. */
  readonly host: string
  /** Idle connections end now, those in use with their answer. */
  readonly retire: () => void
  /** Every connection ends now, whatever it carries. */
  readonly close: () => void
}

const CONNECT_MS = 2_000
/** How long a connection waits for the next request: one to a socket is made again at once, one over SSH starts a program on the other side. */
const IDLE_MS = { socket: 2_000, ssh: 60_000 }

/**
 * `env` is what `ssh` is started with. Throws ProblemError for an address that may not be used, and for certificates that cannot be
 * read.
 */
export function openTransport(endpoint: ReachableEndpoint, env: NodeJS.ProcessEnv): Transport {
  const target = endpointTarget(endpoint)
  switch (target.kind) {
    case 'unix': return transport('docker', async () => connected(createConnection(target.path), 'connect'), IDLE_MS.socket)
    case 'ssh': {
      const ssh = openSsh(endpoint, target.ssh, env)
      return transport('docker', ssh.open, IDLE_MS.ssh, ssh)
    }
    case 'tcp': {
      const { host, port } = target
      const name = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
      if (target.tls === null)
        return transport(name, async () => connected(createConnection({ host, port }), 'connect'), IDLE_MS.socket)
      const { ca, client, rejectUnauthorized } = readTlsFiles(endpoint, target.tls)
      // RFC 6066: an address is no server name; Node.js checks it against the certificate all the same.
      const options = { host, port, rejectUnauthorized, ...isIP(host) ? {} : { servername: host }, ...ca === null ? {} : { ca }, ...client }
      return transport(name, async () => connected(connectTls(options), 'secureConnect'), IDLE_MS.socket)
    }
  }
}

function transport(host: string, open: () => Promise<Duplex>, idleMs: number, below?: Pick<Transport, 'retire' | 'close'>): Transport {
  const agent = new StreamAgent(open, idleMs)
  return {
    agent,
    host,
    retire: () => {
      agent.maxFreeSockets = 0
      for (const idle of Object.values(agent.freeSockets))
        idle?.forEach(socket => socket.destroy())
      below?.retire()
    },
    close: () => {
      agent.destroy()
      below?.close()
    },
  }
}

/** Node.js's keeping of connections, over whatever kind of stream. */
class StreamAgent extends Agent {
  readonly #open: () => Promise<Duplex>
  readonly #idleMs: number
  readonly #ends = new WeakMap<Duplex, NodeJS.Timeout>()

  constructor(open: () => Promise<Duplex>, idleMs: number) {
    super({ keepAlive: true })
    this.#open = open
    this.#idleMs = idleMs
  }

  override keepSocketAlive(stream: Duplex): void {
    this.#ends.set(stream, setTimeout(() => stream.destroy(), this.#idleMs).unref())
    // It says whether the connection is kept, whatever its type declares.
    return super.keepSocketAlive(stream)
  }

  override reuseSocket(stream: Duplex, next: ClientRequest): void {
    clearTimeout(this.#ends.get(stream))
    super.reuseSocket(stream, next)
  }

  override createConnection(_options: object, callback: (error: Error | null, stream?: Duplex) => void): undefined {
    this.#open().then(stream => callback(null, stream), callback)
  }
}

/** The socket once it is connected; fails with its error, or with the code ETIMEDOUT after 2 s. */
function connected<S extends Duplex>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(Object.assign(new Error(`no connection within ${CONNECT_MS / 1000} s`), { code: 'ETIMEDOUT' })), CONNECT_MS)
    const settle = (): void => {
      clearTimeout(timer)
      socket.off('error', onError)
    }
    const onError = (error: Error): void => {
      settle()
      reject(error)
    }
    socket.once('error', onError)
    socket.once(event, () => {
      settle()
      resolve(socket)
    })
  })
}
