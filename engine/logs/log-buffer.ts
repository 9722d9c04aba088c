import { type LogLine, MAX_LOG_LINES } from '../../shared/model/logs'

/** Lines on their way to a reader that may be slow: the oldest are dropped, and counted. */
export interface LogBuffer {
  readonly add: (lines: readonly LogLine[]) => void
  /** The oldest lines that are left, as many as are sent at once, and how many were dropped before them. */
  readonly take: () => { lines: LogLine[], droppedCount: number }
  readonly isEmpty: () => boolean
}

/** In characters; a line may have 64 KiB, each byte of it written as four characters. */
const MAX_CHARACTERS = 8 * 1024 ** 2
/** Of one batch: a wire holds sixteen that nobody has read. */
const BATCH_CHARACTERS = 512 * 1024

export function createLogBuffer(): LogBuffer {
  let waiting: LogLine[] = []
  /** The first of `waiting` that is still there: a shift for each line would move them all. */
  let head = 0
  let characters = 0
  let droppedCount = 0

  function next(): LogLine | undefined {
    const line = waiting[head]
    if (line === undefined)
      return undefined
    head += 1
    characters -= line.text.length
    if (head > MAX_LOG_LINES) {
      waiting = waiting.slice(head)
      head = 0
    }
    return line
  }

  return {
    add(lines) {
      for (const line of lines) {
        waiting.push(line)
        characters += line.text.length
        while (waiting.length - head > MAX_LOG_LINES || characters > MAX_CHARACTERS) {
          next()
          droppedCount += 1
        }
      }
    },
    take() {
      const taken = { lines: [] as LogLine[], droppedCount }
      droppedCount = 0
      for (let length = 0; length < BATCH_CHARACTERS;) {
        const line = next()
        if (line === undefined)
          break
        taken.lines.push(line)
        length += line.text.length
      }
      return taken
    },
    isEmpty: () => waiting.length === head,
  }
}
