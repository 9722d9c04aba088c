import type { WebSocket, WebSocketServer } from 'ws'

const EVERY_MS = 15_000

/** Ends sockets whose other end no longer answers pings (a computer that slept, a browser that died). Returns its own end. */
export function watchLiveness(sockets: WebSocketServer): () => void {
  const answered = new WeakSet<WebSocket>()
  sockets.on('connection', (socket) => {
    answered.add(socket)
    socket.on('pong', () => answered.add(socket))
  })
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answered.delete(socket))
        socket.terminate()
      else
        socket.ping()
    }
  }, EVERY_MS)
  return () => clearInterval(timer)
}
