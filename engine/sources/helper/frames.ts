import { Buffer } from 'node:buffer'

/** A larger frame than any that the program sends: whatever came is not from it. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024
const STREAM_HEADER_BYTES = 8
const STDOUT = 1
const SIZE_BYTES = 4

/** What the other side sent cannot be read on: the connection must end. */
class FramesBroken extends Error {}

/**
 * The standard output within the stream of an attached container without a terminal: it comes in pieces, each after a header of 8 bytes
 * with its stream and its length (Docker Engine API, "Stream format"). Gives `onOutput` views of what is pushed; nothing is copied.
 */
export function createDemultiplexer(onOutput: (bytes: Buffer) => void): (chunk: Buffer) => void {
  const header = Buffer.alloc(STREAM_HEADER_BYTES)
  let headerLength = 0
  let left = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (left === 0) {
        const count = chunk.copy(header, headerLength, at)
        headerLength += count
        at += count
        if (headerLength < STREAM_HEADER_BYTES)
          return
        headerLength = 0
        left = header.readUInt32BE(4)
        if (header.readUInt8(0) > 2 || header.readUIntBE(1, 3) !== 0)
          throw new FramesBroken('the attached stream is not as the Docker Engine API describes it')
        continue
      }
      const piece = chunk.subarray(at, at + left)
      at += piece.length
      left -= piece.length
      if (header.readUInt8(0) === STDOUT)
        onOutput(piece)
    }
  }
}

/**
 * The frames of the program's answers: 4 bytes of length, little-endian, then as many. A frame is valid during its call alone: a later one
 * may have the same memory. It is a view of what is pushed where it lies in one piece, and copied once where it does not.
 */
export function createFrameReader(onFrame: (frame: Buffer) => void): (bytes: Buffer) => void {
  let pending = Buffer.allocUnsafe(256 * 1024)
  let length = 0

  function take(bytes: Buffer, from: number, upTo: number): number {
    if (pending.length < upTo)
      pending = Buffer.concat([pending.subarray(0, length)], upTo * 2)
    const count = bytes.copy(pending, length, from, from + upTo - length)
    length += count
    return from + count
  }

  return (bytes) => {
    for (let at = 0; at < bytes.length;) {
      if (length === 0 && bytes.length - at >= SIZE_BYTES) {
        const end = at + SIZE_BYTES + frameSize(bytes, at)
        if (end <= bytes.length) {
          onFrame(bytes.subarray(at + SIZE_BYTES, end))
          at = end
          continue
        }
      }
      if (length < SIZE_BYTES)
        at = take(bytes, at, SIZE_BYTES)
      if (length < SIZE_BYTES)
        return
      const whole = SIZE_BYTES + frameSize(pending, 0)
      at = take(bytes, at, whole)
      if (length < whole)
        return
      length = 0
      onFrame(pending.subarray(SIZE_BYTES, whole))
    }
  }
}

function frameSize(bytes: Buffer, at: number): number {
  const size = bytes.readUInt32LE(at)
  if (size > MAX_FRAME_BYTES)
    throw new FramesBroken(`a frame of ${size} bytes was announced`)
  return size
}
