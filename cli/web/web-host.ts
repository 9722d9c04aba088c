import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { HostWire } from '../../shared/contract/wire'
import { ProblemError } from '../../shared/model/problem'
import { watchLiveness } from './liveness'
import { namesItsOrigin, refusal } from './may-connect'
import { guardHeaders, refuseSocket, sendError, sendFile, sendJson } from './replies'
import { createSessions, type Sessions } from './session'
import type { PageFiles } from './static-files'
import { wireWebSocket } from './wire-websocket'

const SUB_PROTOCOL = 'isoscope.v1'
const MAX_SOCKETS = 16
const MAX_BODY_BYTES = 1024

/** What a client gets to hold on to: 8 KiB of headers, five seconds to send them, ten for a whole request. */
const HTTP_LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
}
/** A page sends names and numbers; compression would let 1 MiB unfold to 1 GiB. */
const SOCKET_LIMITS = { maxPayload: 64 * 1024, perMessageDeflate: false }

export interface WebHostOptions {
  /** 0: any free port. */
  port: number
  pageFiles: PageFiles
  /** Hears every link that can open the page from now on; the one before it no longer can. */
  onLink: (link: string) => void
  /** Gets the wire of each page that showed its session. */
  onWire: (wire: HostWire) => void
}

export interface WebHost {
  readonly port: number
  /** Ends every connection; resolves when nothing listens any more. */
  close: () => Promise<void>
}

/** Starts the page's host on 127.0.0.1, which only this computer can reach. Throws ProblemError when the port cannot be had. */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const server = createServer(HTTP_LIMITS)
  const sockets = new WebSocketServer({ noServer: true, ...SOCKET_LIMITS, handleProtocols: () => SUB_PROTOCOL })
  const port = await listen(server, options.port)
  const origin = new URL(`http://127.0.0.1:${port}`).origin
  const sessions = createSessions(token => options.onLink(`${origin}/#token=${token}`))
  const headers = new Headers(guardHeaders(port))

  server.on('request', (request, response) => {
    response.setHeaders(headers)
    const refused = refusal(request, port)
    if (refused)
      sendError(response, refused)
    else
      void route(request, response, options.pageFiles, sessions)
  })
  server.on('upgrade', (request, socket, head) => {
    const refused = refusal(request, port) ?? (isOurPage(request, sessions) ? null : 403)
    if (refused)
      return refuseSocket(socket, refused)
    if (sockets.clients.size >= MAX_SOCKETS)
      return refuseSocket(socket, 503)
    sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client))
  })
  server.on('clientError', (_error: Error, socket: Duplex) => refuseSocket(socket, 400))
  sockets.on('connection', client => options.onWire(wireWebSocket(client)))
  const stopWatching = watchLiveness(sockets)

  async function close(): Promise<void> {
    stopWatching()
    for (const client of sockets.clients)
      client.terminate()
    const closed = new Promise<void>((resolve) => { server.close(() => resolve()) })
    server.closeAllConnections()
    await closed
  }
  return { port, close }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(new ProblemError({
      code: 'PORT_UNAVAILABLE',
      what: `Cannot listen on 127.0.0.1:${port}: ${error.message}.`,
      fix: 'Choose another port with --port, or leave it out to take any free one.',
    }, { cause: error })))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Two kinds of request: a file of the page, and a link's token for a session. Everything else is not found. */
async function route(request: IncomingMessage, response: ServerResponse, pageFiles: PageFiles, sessions: Sessions): Promise<void> {
  const { method, url = '' } = request
  const file = pageFiles.get(url)
  if (file && (method === 'GET' || method === 'HEAD'))
    sendFile(response, file)
  else if (method === 'POST' && url === '/session')
    await openSession(request, response, sessions)
  else
    sendError(response, 404)
}

async function openSession(request: IncomingMessage, response: ServerResponse, sessions: Sessions): Promise<void> {
  if (!namesItsOrigin(request) || request.headers['content-type'] !== 'application/json')
    return sendError(response, 403)
  const token = await readToken(request)
  const session = token === null ? null : sessions.trade(token)
  if (session === null)
    sendError(response, 403)
  else
    sendJson(response, { session })
}

/** The token in a body `{"token": "…"}`; null for every other body, for one that is too long, and for one that breaks off. */
async function readToken(request: IncomingMessage): Promise<string | null> {
  try {
    let text = ''
    for await (const chunk of request) {
      text += String(chunk)
      if (text.length > MAX_BODY_BYTES)
        return null
    }
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string' ? body.token : null
  }
  catch {
    return null
  }
}

/** An upgrade of our own page: to the one path, with the protocol's name and an open session beside it. */
function isOurPage(request: IncomingMessage, sessions: Sessions): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(text => text.trim())
  const [protocol, session, ...others] = offered
  return request.url === '/wire'
    && namesItsOrigin(request)
    && protocol === SUB_PROTOCOL
    && session !== undefined && session.startsWith('session.') && sessions.isOpen(session.slice('session.'.length))
    && others.length === 0
}
