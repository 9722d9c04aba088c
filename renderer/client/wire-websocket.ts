import type { PageWire, Reply } from '../../shared/contract/wire'

const PROTOCOL = 'isoscope.v1'

/**
 * Opens `/wire` on the host that served the page; the session travels as a subprotocol, so it is in no address and no log.
 * Rejects when the socket closes before it opened: the browser does not tell a refused session from a host that is gone.
 */
export function openWebSocketWire(session: string): Promise<PageWire> {
  const address = new URL('/wire', location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address, [PROTOCOL, `session.${session}`])
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({
      send: frame => socket.send(JSON.stringify(frame)),
      // Frames come from the host that served this page.
      onFrame: listener => socket.addEventListener('message', ({ data }) => listener(JSON.parse(String(data)) as Reply)),
      onClose: listener => socket.addEventListener('close', () => listener(), { once: true }),
    }))
    socket.addEventListener('close', () => reject(new Error('The socket closed before it was open.')), { once: true })
  })
}
