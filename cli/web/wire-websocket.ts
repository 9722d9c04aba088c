import type { WebSocket } from 'ws'
import type { HostWire } from '../../shared/contract/wire'

/** A page with more than this unread is let go, before it fills our memory. The largest snapshots weigh 10 MB. */
export const MAX_UNREAD_BYTES = 32 * 1024 * 1024

/** A WebSocket as the host's end of a wire. Frames are JSON text; a page that sends anything else is let go. */
export function wireWebSocket(socket: WebSocket): HostWire {
  // 'close' follows every error, and it is what the calls listen to.
  socket.on('error', () => {})
  return {
    send: (frame) => {
      if (socket.bufferedAmount > MAX_UNREAD_BYTES)
        socket.terminate()
      socket.send(JSON.stringify(frame), () => {})
    },
    onFrame: listener => socket.on('message', (data, isBinary) => {
      const frame = isBinary ? undefined : parseJson(String(data))
      if (frame === undefined)
        socket.close(1003)
      else
        listener(frame)
    }),
    onClose: listener => socket.once('close', listener),
  }
}

/** Undefined when the text is no JSON, which no JSON text can mean. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
