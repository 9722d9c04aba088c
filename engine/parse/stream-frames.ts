import { Buffer } from 'node:buffer'
import type { ProblemError } from '../../shared/model/problem'

/** `engine`: what the engine itself says in the middle of a stream. */
export type FrameStream = 'stdout' | 'stderr' | 'engine'

/** Bytes of one frame, as far as they have come. */
export interface FramePart {
  readonly stream: FrameStream
  readonly bytes: Buffer
  /** The first bytes of its frame. */
  readonly isStart: boolean
  /** The last ones. */
  readonly isEnd: boolean
}

/** `STREAM_TYPE` of a frame's header (Docker Engine API, ContainerAttach, "Stream format"); 0 is stdin, which is written to stdout. */
const STREAMS = ['stdout', 'stdout', 'stderr', 'engine'] as const
const HEADER_BYTES = 8

/** Whether a stream that begins with this byte is one of frames, where it is else known to begin with a digit. */
export const beginsFrame = (byte: number): boolean => byte < STREAMS.length

/**
 * Takes a multiplexed stream apart, wherever the network cut it: frames of 8 bytes of header (stream, three zeros, big-endian length) and
 * as many bytes. Throws what `broken` makes of a header that is none, in hex digits.
 */
export function readFrames(broken: (header: string) => ProblemError): (chunk: Buffer) => FramePart[] {
  let header = Buffer.alloc(0)
  let stream: FrameStream = 'stdout'
  let left = 0
  let isStart = true

  function beginFrame(): void {
    const type = STREAMS[header[0] ?? STREAMS.length]
    if (type === undefined || header[1] !== 0 || header[2] !== 0 || header[3] !== 0)
      throw broken(header.toString('hex'))
    stream = type
    left = header.readUInt32BE(4)
    isStart = true
    header = Buffer.alloc(0)
  }

  return (chunk) => {
    const parts: FramePart[] = []
    for (let at = 0; at < chunk.length;) {
      if (left === 0) {
        const taken = chunk.subarray(at, at + HEADER_BYTES - header.length)
        header = Buffer.concat([header, taken])
        at += taken.length
        if (header.length === HEADER_BYTES)
          beginFrame()
        continue
      }
      const bytes = chunk.subarray(at, at + left)
      at += bytes.length
      left -= bytes.length
      parts.push({ stream, bytes, isStart, isEnd: left === 0 })
      isStart = false
    }
    return parts
  }
}
