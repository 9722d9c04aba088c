import { z } from 'zod'
import { Problem } from '../model/problem'

const CallId = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)

/** Front end to host. `more` grants the host that many further items of a stream: back-pressure. */
export const Request = z.discriminatedUnion('frame', [
  z.object({ frame: z.literal('call'), id: CallId, name: z.string().max(64), input: z.unknown() }),
  z.object({ frame: z.literal('more'), id: CallId, count: z.number().int().positive().max(1024) }),
  z.object({ frame: z.literal('cancel'), id: CallId }),
])
export type Request = z.infer<typeof Request>

/** Host to front end. A stream answers with items and then one end; a query with one result; both may fail. */
export const Reply = z.discriminatedUnion('frame', [
  z.object({ frame: z.literal('result'), id: CallId, value: z.unknown() }),
  z.object({ frame: z.literal('item'), id: CallId, value: z.unknown() }),
  z.object({ frame: z.literal('end'), id: CallId }),
  z.object({ frame: z.literal('failure'), id: CallId, problem: Problem }),
])
export type Reply = z.infer<typeof Reply>

/** Items that a host may send before the first `more`. */
export const STREAM_WINDOW = 16

/** One end of a pipe that carries frames in order. Electron IPC, WebSocket and memory each make one. */
export interface Wire<Out, In = unknown> {
  send: (frame: Out) => void
  onFrame: (listener: (frame: In) => void) => void
  /** Called once, when no frame can come any more. */
  onClose: (listener: () => void) => void
}
/** Frames from a page are `unknown` until `serve` has parsed them; frames from our own host are trusted. */
export type HostWire = Wire<Reply>
export type PageWire = Wire<Request, Reply>
