import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { collectOutput, environmentLines } from '../../../../engine/parse/program-output'
import { readFrames } from '../../../../engine/parse/stream-frames'
import { ProblemError } from '../../../../shared/model/problem'
import { VIEW_LIMITS } from '../../../../shared/model/two-views'
import { MASK } from '../../../../shared/report/redaction/mask-text'

const frame = (type: number, text: string): Buffer => {
  const header = Buffer.alloc(8)
  header[0] = type
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}
const reader = (): ReturnType<typeof readFrames> => readFrames(header => new ProblemError({ code: 'TEST_BROKEN', what: header, fix: '' }))

describe('frames', () => {
  const bytes = Buffer.concat([frame(1, 'out\nli'), frame(2, 'err\n'), frame(1, ''), frame(1, 'ne\n2026-11-29T02:18:00Z not a stamp\n'), frame(3, 'engine\n')])

  it.each([1, 2, 3, 7, 8, 9, bytes.length])('are the same when the network cuts them after each %d bytes', (size) => {
    const output = collectOutput()
    const readChunk = reader()
    for (let at = 0; at < bytes.length; at += size) {
      for (const { stream, bytes: part } of readChunk(bytes.subarray(at, at + size)))
        output.add(stream === 'engine' ? 'stderr' : stream, part)
    }
    expect(output.lines().map(({ stream, text }) => `${stream} ${text}`)).toEqual(['stdout out', 'stderr err', 'stdout line', 'stdout 2026-11-29T02:18:00Z not a stamp', 'stderr engine'])
  })

  it('are none that begin with another byte', () => {
    expect(() => reader()(Buffer.from('HTTP/1.1'))).toThrow('485454502f312e31')
  })
})

describe('what a program writes', () => {
  const of = (...parts: (string | Buffer)[]): ReturnType<typeof collectOutput> => {
    const output = collectOutput()
    parts.forEach(part => output.add('stdout', Buffer.from(part)))
    return output
  }

  it('has a last line also without a newline, and empty ones', () => {
    expect(of('a\n\nb').lines().map(({ text }) => text)).toEqual(['a', '', 'b'])
    expect(of('').lines()).toEqual([])
  })

  it('is text', () => {
    expect(of(Buffer.from([0x1B, 0x5B, 0x32, 0x4A, 0xFF, 0x0D, 0x0A])).lines()[0]?.text).toBe('\\x1b[2J\\xff')
  })

  it('is kept up to the limits of bytes and lines, to the byte', () => {
    const exact = of('x'.repeat(VIEW_LIMITS.bytes))
    expect([exact.isFull(), exact.stdout().length]).toEqual([false, VIEW_LIMITS.bytes])
    exact.add('stderr', Buffer.from('y'))
    expect([exact.isFull(), exact.lines().length]).toEqual([true, 1])
    const lines = of('y\n'.repeat(VIEW_LIMITS.lines - 1), 'y\n')
    expect([lines.isFull(), lines.lines().length]).toEqual([false, VIEW_LIMITS.lines])
    lines.add('stdout', Buffer.from('z'))
    expect([lines.isFull(), lines.lines().length]).toEqual([true, VIEW_LIMITS.lines])
  })

  it('has long lines cut, and says so', () => {
    const [line] = of('x'.repeat(70_000)).lines()
    expect([line?.text.length, line?.isCut]).toEqual([65_536, true])
  })
})

it('of an environment only the names are told, whatever its values hold', () => {
  const lines = environmentLines(Buffer.from('PATH=/bin\0SECRET=a\nb=c\0EMPTY=\0no name at all\0=x\0B\x1B=1\0'))
  expect(lines.map(({ text }) => text)).toEqual([`PATH=${MASK}`, `SECRET=${MASK}`, `EMPTY=${MASK}`, MASK, `=${MASK}`, `B\\x1b=${MASK}`])
})
