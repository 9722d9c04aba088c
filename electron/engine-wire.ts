import type { MessagePortMain } from 'electron'
import type { HostWire, PageWire, Reply } from '../shared/contract/wire'

/**
 * A reply on its way through the main process, which reads what is beside the text and never the text: a snapshot of a large
 * machine is several megabytes, and turning that into objects and back would hold up every window.
 */
export interface PackedReply {
  readonly id: number
  /** Nothing more comes for this call. */
  readonly isLast: boolean
  /** The reply as JSON. */
  readonly text: string
}

/** The main process's end of one pipe into the engine's process. */
export interface EngineConnection {
  readonly send: (frame: unknown) => void
  readonly onReply: (listener: (reply: PackedReply) => void) => void
  /** The process at the other end is gone. Not called after `close`. */
  readonly onLost: (listener: () => void) => void
  /** Aborts whatever was asked over it. */
  readonly close: () => void
}

/** The other end, where `serve` answers. */
export function openHostEnd(port: MessagePortMain): HostWire {
  port.start()
  return {
    send: (reply) => {
      const packed: PackedReply = { id: reply.id, isLast: reply.frame !== 'item', text: JSON.stringify(reply) }
      port.postMessage(packed)
    },
    onFrame: listener => port.on('message', ({ data }) => listener(data)),
    onClose: listener => port.once('close', listener),
  }
}

/** A connection as the wire of a client in the main process itself. */
export const asPageWire = (connection: EngineConnection): PageWire => ({
  send: connection.send,
  onFrame: listener => connection.onReply(({ text }) => {
    const reply: Reply = JSON.parse(text)
    listener(reply)
  }),
  onClose: connection.onLost,
})
