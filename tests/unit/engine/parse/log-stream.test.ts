import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ParsedLogLine, readLog } from '../../../../engine/parse/log-stream'

const STAMP = '2026-11-28T22:31:46.123456789Z'
const LATER = '2026-11-28T22:31:46.200000000Z'
const KIB_64 = 64 * 1024

/** A frame of a log without a terminal: 1 stdout, 2 stderr, 3 the engine's own errors. */
function frame(type: number, payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

function read(...chunks: Buffer[]): ParsedLogLine[] {
  const parser = readLog()
  return [...chunks.flatMap(chunk => parser.push(chunk)), ...parser.end()]
}

const line = (stream: ParsedLogLine['stream'], text: string, at: string | null = STAMP, isCut = false): ParsedLogLine => ({ stream, at, text, isCut })

describe('a log without a terminal', () => {
  it('has lines of both streams, and what the engine itself says, in their order', () => {
    expect(read(frame(1, `${STAMP} one\n`), frame(2, `${STAMP} two\n`), frame(0, `${STAMP} \n`), frame(3, 'Error grabbing logs: no\n')))
      .toEqual([line('stdout', 'one'), line('stderr', 'two'), line('stdout', ''), line('engine', 'Error grabbing logs: no', null)])
  })

  it('joins the pieces of a long line, which have one stamp, also where the other stream comes between', () => {
    expect(read(frame(1, `${STAMP} long `), frame(2, `${LATER} between\n`), frame(1, `${STAMP} line\n`)))
      .toEqual([line('stderr', 'between', LATER), line('stdout', 'long line')])
  })

  it('keeps a line without a newline apart from the next run\'s first line', () => {
    expect(read(frame(1, `${STAMP} no end`), frame(1, `${LATER} next run\n`), frame(1, `${LATER} no end either`)))
      .toEqual([line('stdout', 'no end'), line('stdout', 'next run', LATER), line('stdout', 'no end either', LATER)])
  })

  it('takes a message without a stamp as it is, and several lines of one message', () => {
    expect(read(frame(1, 'no stamp at all, and longer than any stamp could be\n'), frame(1, `${STAMP} a\nb\n`)))
      .toEqual([line('stdout', 'no stamp at all, and longer than any stamp could be', null), line('stdout', 'a'), line('stdout', 'b')])
  })

  it('cuts a line at 64 KiB and says so; one of just that length is whole', () => {
    const lines = read(frame(1, `${STAMP} ${'x'.repeat(KIB_64)}\r\n`), frame(1, `${STAMP} ${'y'.repeat(KIB_64 + 1)}\n`))
    expect(lines.map(({ text, isCut }) => [text[0], text.length, isCut])).toEqual([['x', KIB_64, false], ['y', KIB_64, true]])
  })

  it.each([[4, 0], [1, 1], [0x7B, 0x22]])('refuses what is no frame: %j', (first, second) => {
    expect(() => read(frame(1, `${STAMP} fine\n`), Buffer.from([first, second, 0, 0, 0, 0, 0, 1]))).toThrow('sent no log')
  })
})

describe('a terminal\'s log', () => {
  it('is one stream of lines that end in CR LF, as docker has it of Podman too', () => {
    expect(read(Buffer.from(`${STAMP} one\r\n2026-11-28T23:31:46+01:00 two\r\nno stamp\nopen`)))
      .toEqual([line('terminal', 'one'), line('terminal', 'two', '2026-11-28T23:31:46+01:00'), line('terminal', 'no stamp', null), line('terminal', 'open', null)])
  })

  it('loses the stamps that the engine writes between the pieces of a long line, and no other', () => {
    const piece = 'x'.repeat(16 * 1024)
    expect(read(Buffer.from(`${STAMP} ${piece}${STAMP} ${piece}${STAMP} ${LATER} end\r\n`))).toEqual([line('terminal', `${piece}${piece}${LATER} end`)])
  })

  it('cuts a line at 64 KiB and says so', () => {
    const lines = read(Buffer.from(`${STAMP} ${'x'.repeat(KIB_64)}\r\n${STAMP} ${'y'.repeat(10 * KIB_64)}\n${STAMP} z\n`))
    expect(lines.map(({ text, isCut }) => [text[0], text.length, isCut])).toEqual([['x', KIB_64, false], ['y', KIB_64, true], ['z', 1, false]])
  })
})

/** Split at any bytes, also within headers, stamps and characters. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((to, index) => bytes.subarray(at[index], to))
}

const messages = fc.array(fc.record({ type: fc.constantFrom(1, 2), at: fc.constantFrom(STAMP, LATER), body: fc.uint8Array({ maxLength: 60 }), hasEnd: fc.boolean() }), { minLength: 1, maxLength: 12 })

it.each(['frames', 'terminal'])('%s: reads the same lines wherever the network cuts, of any bytes', (kind) => {
  fc.assert(fc.property(messages, fc.array(fc.nat(), { maxLength: 20 }), (all, cuts) => {
    const bytes = Buffer.concat(all.map(({ type, at, body, hasEnd }) => {
      const payload = Buffer.concat([Buffer.from(`${at} `), body, Buffer.from(hasEnd ? '\n' : '')])
      return kind === 'frames' ? frame(type, payload) : payload
    }))
    const whole = read(bytes)
    expect(read(...pieces(bytes, cuts))).toEqual(whole)
    expect(read(...Array.from(bytes, byte => Buffer.from([byte])))).toEqual(whole)
    for (const { text } of whole)
      expect(text).not.toMatch(/[^\t\P{Cc}]|[\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u)
  }))
})

it('never keeps more than a line may have, whatever comes: a frame that says four gigabytes, a line without an end', () => {
  const parser = readLog()
  parser.push(Buffer.from([1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]))
  const chunk = Buffer.alloc(1024 ** 2, 'x')
  const before = process.memoryUsage().arrayBuffers
  for (let sent = 0; sent < 256; sent += 1)
    parser.push(chunk)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 ** 2)
  expect(parser.end().map(({ text, isCut }) => [text.length, isCut])).toEqual([[KIB_64, true]])
})
