import { WebSocket } from 'ws'
import { Reply, type Wire } from '../../shared/contract/wire'

/** The newest link's token. */
export const tokenOf = (links: readonly string[]): string => links.at(-1)?.split('#token=')[1]?.split('&')[0] ?? ''

/** As the page does it: JSON, and the Origin that a browser adds. */
export const postToken = (port: number, token: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Origin': `http://127.0.0.1:${port}` },
    body: JSON.stringify({ token }),
  })

/** The session that the host gives for the token; empty when it refuses. */
export async function openSession(port: number, token: string): Promise<string> {
  const response = await postToken(port, token)
  const answer: unknown = response.ok ? await response.json() : null
  return typeof answer === 'object' && answer !== null && 'session' in answer ? String(answer.session) : ''
}

export function newSocket(port: number, protocols: string[], headers: Record<string, string> = {}): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}/wire`, protocols, { origin: `http://127.0.0.1:${port}`, headers })
}

/** Resolves when the socket is open; rejects when the host refuses it. */
export function openSocket(port: number, session: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = newSocket(port, ['isoscope.v1', `session.${session}`])
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The page's end of an open socket; it can also send what no typed client would. */
export const pageWire = (socket: WebSocket): Wire<unknown, Reply> => ({
  send: frame => socket.send(JSON.stringify(frame)),
  onFrame: listener => socket.on('message', data => listener(Reply.parse(JSON.parse(String(data))))),
  onClose: listener => socket.once('close', listener),
})
