import { Buffer } from 'node:buffer'
import { type OutputLine, VIEW_LIMITS } from '../../shared/model/two-views'
import { MASK } from '../../shared/report/redaction/mask-text'
import { logText } from './log-text'
import { textFromBytes } from './raw-name'

/** What a program writes, as it comes, up to the limits. */
export interface CollectedOutput {
  readonly add: (stream: OutputLine['stream'], bytes: Buffer) => void
  /** There was more than the limits allow. */
  readonly isFull: () => boolean
  readonly stdout: () => Buffer
  /** In the order in which they ended. The last one of a stream may have no newline. */
  readonly lines: () => OutputLine[]
}

/** What is longer is cut. */
const MAX_LINE_BYTES = 64 * 1024
const NEWLINE = 0x0A
const RETURN = 0x0D

export function collectOutput(): CollectedOutput {
  const parts: { stream: OutputLine['stream'], bytes: Buffer }[] = []
  let byteCount = 0
  let lineCount = 0
  let isFull = false

  return {
    add(stream, bytes) {
      const kept = withinLines(bytes.subarray(0, VIEW_LIMITS.bytes - byteCount), VIEW_LIMITS.lines - lineCount)
      isFull ||= kept.bytes.length < bytes.length
      byteCount += kept.bytes.length
      lineCount += kept.newlines
      // A copy: the chunk that it is a part of is not kept.
      parts.push({ stream, bytes: Buffer.from(kept.bytes) })
    },
    isFull: () => isFull,
    stdout: () => Buffer.concat(parts.filter(({ stream }) => stream === 'stdout').map(({ bytes }) => bytes)),
    lines() {
      const lines: OutputLine[] = []
      const open = new Map<OutputLine['stream'], Buffer[]>()
      for (const { stream, bytes } of parts) {
        let from = 0
        for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
          lines.push(lineOf(stream, [...open.get(stream) ?? [], bytes.subarray(from, to)]))
          open.delete(stream)
          from = to + 1
        }
        if (from < bytes.length)
          open.set(stream, [...open.get(stream) ?? [], bytes.subarray(from)])
      }
      return [...lines, ...[...open].map(([stream, rest]) => lineOf(stream, rest))]
    },
  }
}

/** As many of these bytes as have no more lines than that. */
function withinLines(bytes: Buffer, most: number): { bytes: Buffer, newlines: number } {
  let end = 0
  for (let newlines = 0; newlines < most; newlines += 1) {
    const at = bytes.indexOf(NEWLINE, end)
    if (at === -1)
      return { bytes, newlines }
    end = at + 1
  }
  return { bytes: bytes.subarray(0, end), newlines: most }
}

function lineOf(stream: OutputLine['stream'], parts: readonly Buffer[]): OutputLine {
  const bytes = Buffer.concat(parts)
  const whole = bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes
  return { stream, text: logText(whole.subarray(0, MAX_LINE_BYTES)), isCut: whole.length > MAX_LINE_BYTES }
}

/** The names of an environment as `env -0` and `/proc/<pid>/environ` write it (environ(7), proc(5)); what stands behind `=` is never told. */
export const environmentLines = (bytes: Buffer): OutputLine[] =>
  bytes.toString('latin1').split('\0').filter(entry => entry !== '').map((entry) => {
    const end = entry.indexOf('=')
    return { stream: 'stdout', text: end === -1 ? MASK : `${textFromBytes(Buffer.from(entry.slice(0, end), 'latin1'))}=${MASK}`, isCut: false }
  })
