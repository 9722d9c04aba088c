import { Buffer } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { createDemultiplexer, createFrameReader } from './frames'

/** helper/README.md: what the program can be asked. */
export const OPERATIONS = { hello: 1, pids: 2, read: 3, link: 4, list: 5, status: 6, followed: 7, open: 8, close: 9, fileSystem: 10, processes: 11 } as const
export type Operation = keyof typeof OPERATIONS

const MORE = 0x10000
/** The state of an answer whose file is none that may be read, beside errno's numbers. */
export const NOT_REGULAR = 0x10001

const FRAME_HEADER_BYTES = 8
const REQUEST_HEADER_BYTES = 9
/** Of one answer that is kept whole: more than the largest file that is read. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
/** The program answers within a millisecond; a slow engine or network is given this long without a byte. */
const SILENCE_MS = 20_000

/** The program is gone, or what came was not from it: every answer that was waited for, and every later one. */
export class HelperEnded extends Error {
  constructor(readonly because: string) {
    super(`the helper container ended: ${because}`)
    this.name = 'HelperEnded'
  }
}

export interface Answer {
  /** 0, errno of Linux, or NOT_REGULAR. */
  readonly state: number
  readonly bytes: Buffer
}

export interface HowItEnded {
  readonly because: string
  /** Something was asked and not answered. */
  readonly wasBusy: boolean
}

/** The way to a running program. Requests may be asked at once, one after the other without waiting; they are answered in that order. */
export interface HelperSession {
  /** The whole answer. Rejects with HelperEnded. */
  readonly ask: (operation: Operation, args: Buffer) => Promise<Answer>
  /**
   * Gives each part of an answer to `onPart` as it comes: memory that is valid during the call alone. Resolves with the state; rejects with
   * HelperEnded, with what `onPart` throws, or with the signal's reason; what still comes then is passed over.
   */
  readonly receive: (operation: Operation, args: Buffer, onPart: (bytes: Buffer) => void, signal?: AbortSignal) => Promise<number>
  /** Resolves when the program is gone. */
  readonly ended: Promise<HowItEnded>
  readonly isEnded: () => boolean
  readonly end: (because: string) => void
}

interface Pending {
  /** Null: nobody waits for it any more, but it still comes. */
  onPart: ((bytes: Buffer) => void) | null
  readonly resolve: (state: number) => void
  readonly reject: (error: unknown) => void
}

/** Speaks over the stream of a container's attached stdin and stdout. */
export function openSession(stream: Duplex): HelperSession {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let endedBecause: string | null = null
  let silence: NodeJS.Timeout | undefined
  let tellEnd: (how: HowItEnded) => void = () => {}
  const ended = new Promise<HowItEnded>((resolve) => { tellEnd = resolve })

  function end(because: string): void {
    if (endedBecause !== null)
      return
    endedBecause = because
    clearTimeout(silence)
    stream.destroy()
    const waiting = [...pending.values()]
    pending.clear()
    tellEnd({ because, wasBusy: waiting.length > 0 })
    for (const { reject } of waiting)
      reject(new HelperEnded(because))
  }

  function abandon(asked: Pending, error: unknown): void {
    asked.onPart = null
    asked.reject(error)
  }

  function onFrame(frame: Buffer): void {
    if (frame.length < FRAME_HEADER_BYTES)
      return end('it sent a frame that is too short')
    const id = frame.readUInt32LE(0)
    const state = frame.readUInt32LE(4)
    const asked = pending.get(id)
    if (!asked)
      return end('it answered what was not asked')
    if (frame.length > FRAME_HEADER_BYTES) {
      try {
        asked.onPart?.(frame.subarray(FRAME_HEADER_BYTES))
      }
      catch (error) {
        abandon(asked, error)
      }
    }
    if (state === MORE)
      return
    pending.delete(id)
    asked.resolve(state)
  }

  const demultiplex = createDemultiplexer(createFrameReader(onFrame))
  stream.on('data', (chunk: Buffer) => {
    try {
      demultiplex(chunk)
    }
    catch (error) {
      end(error instanceof Error ? error.message : 'its answer cannot be read')
    }
    if (pending.size === 0)
      rest()
    else
      silence?.refresh()
  })
  stream.on('error', error => end(error.message))
  stream.on('end', () => end('its output ended'))
  stream.on('close', () => end('the connection to it was closed'))

  /** Nothing is asked: nothing is waited for. */
  function rest(): void {
    clearTimeout(silence)
    silence = undefined
  }

  async function receive(operation: Operation, args: Buffer, onPart: (bytes: Buffer) => void, signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted()
    if (endedBecause !== null)
      throw new HelperEnded(endedBecause)
    const id = lastId = lastId % 0xFFFFFFFF + 1
    silence ??= setTimeout(() => end(`no answer within ${SILENCE_MS / 1000} s`), SILENCE_MS)
    let abort = (): void => {}
    try {
      return await new Promise<number>((resolve, reject) => {
        const asked: Pending = { onPart, resolve, reject }
        abort = () => abandon(asked, signal?.reason)
        signal?.addEventListener('abort', abort, { once: true })
        pending.set(id, asked)
        stream.write(requestBytes(id, operation, args))
      })
    }
    finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async function ask(operation: Operation, args: Buffer): Promise<Answer> {
    const parts: Buffer[] = []
    let length = 0
    const state = await receive(operation, args, (bytes) => {
      length += bytes.length
      if (length > MAX_ANSWER_BYTES)
        throw new HelperEnded('an answer is larger than 64 MiB')
      parts.push(Buffer.from(bytes))
    })
    return { state, bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) }
  }

  return { ask, receive, ended, isEnded: () => endedBecause !== null, end }
}

function requestBytes(id: number, operation: Operation, args: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(REQUEST_HEADER_BYTES + args.length)
  bytes.writeUInt32LE(REQUEST_HEADER_BYTES - 4 + args.length, 0)
  bytes.writeUInt32LE(id, 4)
  bytes.writeUInt8(OPERATIONS[operation], 8)
  args.copy(bytes, REQUEST_HEADER_BYTES)
  return bytes
}
