import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDemultiplexer, createFrameReader } from '../../../../../engine/sources/helper/frames'
import { HelperEnded, openSession } from '../../../../../engine/sources/helper/session'

/** As the engine sends what a container wrote: in pieces, each with its stream and length. */
function piece(bytes: Buffer, stream = 1): Buffer {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

function frame(id: number, state: number, text: string): Buffer {
  const bytes = Buffer.alloc(12 + text.length)
  bytes.writeUInt32LE(8 + text.length, 0)
  bytes.writeUInt32LE(id, 4)
  bytes.writeUInt32LE(state, 8)
  bytes.write(text, 12, 'latin1')
  return bytes
}

/** What is read when the bytes come cut at these places. */
function readInParts(bytes: Buffer, cuts: readonly number[]): string[] {
  const found: string[] = []
  const push = createDemultiplexer(createFrameReader(whole => found.push(whole.toString('latin1'))))
  const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length]
  places.slice(1).forEach((end, index) => push(bytes.subarray(places[index], end)))
  return found
}

describe('frames of the helper within an attached stream', () => {
  const frames = [frame(1, 0, 'one'), frame(2, 0x10000, ''), frame(2, 0, 'x'.repeat(300))]
  const wanted = frames.map(bytes => bytes.subarray(4).toString('latin1'))
  const all = Buffer.concat(frames)
  const sent = Buffer.concat([piece(all.subarray(0, 3)), piece(Buffer.from('noise'), 2), piece(all.subarray(3, 40)), piece(Buffer.alloc(0)), piece(all.subarray(40))])

  it('are the same wherever the bytes are cut once', () => {
    for (let cut = 0; cut <= sent.length; cut += 1)
      expect(readInParts(sent, [cut])).toEqual(wanted)
  })

  it('are the same when every byte comes alone', () => {
    expect(readInParts(sent, Array.from({ length: sent.length }, (_, index) => index))).toEqual(wanted)
  })

  it('are the same for frames, pieces and cuts of all sizes', () => {
    fc.assert(fc.property(
      fc.array(fc.string({ maxLength: 2_000 }).map(text => Buffer.from(text).toString('latin1')), { maxLength: 8 }),
      fc.array(fc.nat(20_000), { maxLength: 12 }),
      fc.array(fc.nat(20_000), { maxLength: 12 }),
      (texts, pieceCuts, chunkCuts) => {
        const whole = Buffer.concat(texts.map((text, index) => frame(index + 1, 0, text)))
        const places = [0, ...pieceCuts.filter(cut => cut < whole.length).toSorted((one, other) => one - other), whole.length]
        const stream = Buffer.concat(places.slice(1).map((end, index) => piece(whole.subarray(places[index], end))))
        const found = readInParts(stream, chunkCuts.filter(cut => cut < stream.length))
        expect(found.map(text => text.slice(8))).toEqual(texts)
      },
    ))
  })

  it('are refused when no program of ours can have sent them', () => {
    expect(() => readInParts(Buffer.from('HTTP/1.1 400 Bad Request\r\n'), [])).toThrow('not as the Docker Engine API describes it')
    expect(() => readInParts(piece(Buffer.from([255, 255, 255, 255])), [])).toThrow('bytes was announced')
  })

  it.each([0, 1, 3, 7, 8, 11, 12, 20, 61])('end the session, and nothing else, when the stream breaks off after %i bytes', async (length) => {
    const stream = new PassThrough()
    const session = openSession(Object.assign(stream, { write: () => true }))
    const asked = session.ask('hello', Buffer.alloc(0))
    stream.push(piece(frame(1, 0, 'x'.repeat(100))).subarray(0, length))
    stream.push(null)
    await expect(asked).rejects.toBeInstanceOf(HelperEnded)
    expect(await session.ended).toEqual({ because: 'its output ended', wasBusy: true })
    await expect(session.ask('hello', Buffer.alloc(0))).rejects.toThrow('its output ended')
  })

  it('may be of any bytes without a crash', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const stream = new PassThrough()
      const session = openSession(Object.assign(stream, { write: () => true }))
      const asked = session.ask('hello', Buffer.alloc(0)).catch((error: unknown) => error)
      stream.push(piece(Buffer.from(bytes)))
      stream.push(null)
      const answer = await asked
      expect(answer instanceof HelperEnded || (typeof answer === 'object' && answer !== null && 'state' in answer)).toBe(true)
    }))
  })
})
