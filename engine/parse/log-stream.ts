import { Buffer } from 'node:buffer'
import type { LogLine, LogStream } from '../../shared/model/logs'
import { ProblemError } from '../../shared/model/problem'
import { logText } from './log-text'
import { beginsFrame, type FramePart, readFrames } from './stream-frames'

/** `engine`: what the engine itself says in the middle of a log ("Error grabbing logs: …"). */
export interface ParsedLogLine extends Omit<LogLine, 'stream'> {
  readonly stream: LogStream | 'engine'
}

export interface LogParser {
  /** The lines that end in these bytes, wherever the network cut them. Throws ProblemError LOGS_BROKEN for what is no log. */
  readonly push: (chunk: Buffer) => ParsedLogLine[]
  /** What was written without a newline before the log ended. */
  readonly end: () => ParsedLogLine[]
}

/** What is longer is cut. A line of JSON with a stack trace has a few KiB. */
const MAX_LINE_BYTES = 64 * 1024
/** RFC 3339 with nanoseconds has 30 characters, with an offset in place of `Z` 35. */
const MAX_STAMP_BYTES = 40
/** One more than is shown tells a line that is longer, or the return at the end of one that is not. */
const MAX_KEPT_BYTES = MAX_LINE_BYTES + 1
/** Of a terminal's line the stamps between its pieces (16 KiB each) are in it until it ends. */
const MAX_RAW_BYTES = MAX_LINE_BYTES + 16 * MAX_STAMP_BYTES

const NEWLINE = 0x0A
const RETURN = 0x0D
const SPACE = 0x20
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/**
 * Reads the answer to `GET /containers/{id}/logs?timestamps=1`. It is multiplexed where the container has no TTY: the first byte tells, because
 * a stamp begins with a digit and a header with 0 to 3.
 */
export function readLog(): LogParser {
  let parser: LogParser | undefined
  return {
    push: (chunk) => {
      const [first] = chunk
      if (first === undefined)
        return []
      parser ??= beginsFrame(first) ? readMultiplexed() : readTerminal()
      return parser.push(chunk)
    },
    end: () => parser?.end() ?? [],
  }
}

interface Piece { readonly stamp: string | null, readonly bytes: Buffer }

/** A line that has begun. */
interface OpenLine { stamp: string | null, parts: Buffer[], length: number, isCut: boolean }

/**
 * Frames of stamped messages. A message that does not end in a newline is a piece of a longer line when the next one of its stream has the
 * same stamp: the engine cuts lines at 16 KiB and stamps them once (moby, daemon/logger/copier.go). With another stamp it was a line
 * without an end.
 */
function readMultiplexed(): LogParser {
  const open = new Map<ParsedLogLine['stream'], OpenLine>()
  const readChunk = readFrames(header => new ProblemError({ code: 'LOGS_BROKEN', what: `The engine sent no log: a frame of it begins with ${header}.`, fix: 'See the engine\'s log, and try again.' }))
  /** The beginning of a message, until its stamp is whole; null: it was read. */
  let head: Buffer | null = null
  let stamp: string | null = null

  /** What is after the stamp; null while that is not known. */
  function afterStamp({ bytes, isEnd }: FramePart): Buffer | null {
    if (head === null)
      return bytes
    head = Buffer.concat([head, bytes])
    if (!isEnd && head.length < MAX_STAMP_BYTES && !head.includes(SPACE))
      return null
    const piece = splitStamp(head)
    head = null
    stamp = piece.stamp
    return piece.bytes
  }

  function add(stream: ParsedLogLine['stream'], bytes: Buffer, isStart: boolean, lines: ParsedLogLine[]): void {
    const begun = open.get(stream)
    if (isStart && begun && begun.stamp !== stamp) {
      lines.push(closed(stream, begun))
      open.delete(stream)
    }
    let from = 0
    for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
      lines.push(closed(stream, append(open.get(stream) ?? opened(stamp), bytes.subarray(from, to), MAX_KEPT_BYTES)))
      open.delete(stream)
      from = to + 1
    }
    if (from < bytes.length)
      open.set(stream, append(open.get(stream) ?? opened(stamp), bytes.subarray(from), MAX_KEPT_BYTES))
  }

  return {
    push(chunk) {
      const lines: ParsedLogLine[] = []
      for (const part of readChunk(chunk)) {
        if (part.isStart)
          head = Buffer.alloc(0)
        const isStart = head !== null
        const bytes = afterStamp(part)
        if (bytes !== null)
          add(part.stream, bytes, isStart, lines)
      }
      return lines
    },
    end: () => {
      const lines = [...open].map(([name, line]) => closed(name, line))
      open.clear()
      return lines
    },
  }
}

/** Stamped lines; one that the engine cut into pieces has its stamp again before each of them. */
function readTerminal(): LogParser {
  let line: OpenLine | null = null

  function close(begun: OpenLine): ParsedLogLine {
    const { stamp, bytes } = splitStamp(Buffer.concat(begun.parts))
    const whole = stamp === null ? bytes : withoutRepeats(bytes, Buffer.from(`${stamp} `))
    return closed('terminal', { ...begun, stamp, parts: [whole] })
  }

  return {
    push(chunk) {
      const lines: ParsedLogLine[] = []
      let from = 0
      for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
        lines.push(close(append(line ?? opened(null), chunk.subarray(from, to), MAX_RAW_BYTES)))
        line = null
        from = to + 1
      }
      if (from < chunk.length)
        line = append(line ?? opened(null), chunk.subarray(from), MAX_RAW_BYTES)
      return lines
    },
    end: () => {
      const lines = line === null ? [] : [close(line)]
      line = null
      return lines
    },
  }
}

const opened = (stamp: string | null): OpenLine => ({ stamp, parts: [], length: 0, isCut: false })

/** Keeps no more than `limit` bytes of a line. */
function append(line: OpenLine, bytes: Buffer, limit: number): OpenLine {
  const kept = bytes.subarray(0, limit - line.length)
  if (kept.length > 0)
    line.parts.push(kept)
  line.length += kept.length
  line.isCut ||= kept.length < bytes.length
  return line
}

/** A line ends in LF, or in CRLF, as a terminal writes it. */
function closed(stream: ParsedLogLine['stream'], { stamp, parts, isCut }: OpenLine): ParsedLogLine {
  const bytes = Buffer.concat(parts)
  const whole = !isCut && bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes
  return { stream, at: stamp, text: logText(whole.subarray(0, MAX_LINE_BYTES)), isCut: isCut || whole.length > MAX_LINE_BYTES }
}

function splitStamp(bytes: Buffer): Piece {
  const space = bytes.subarray(0, MAX_STAMP_BYTES).indexOf(SPACE)
  const stamp = space === -1 ? '' : bytes.toString('latin1', 0, space)
  return STAMP.test(stamp) ? { stamp, bytes: bytes.subarray(space + 1) } : { stamp: null, bytes }
}

/** Nobody in the container knows the nanosecond at which the engine will read what it writes. */
function withoutRepeats(bytes: Buffer, repeated: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let to = bytes.indexOf(repeated); to !== -1; to = bytes.indexOf(repeated, from)) {
    parts.push(bytes.subarray(from, to))
    from = to + repeated.length
  }
  return from === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)])
}
