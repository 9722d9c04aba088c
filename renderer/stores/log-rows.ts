import { type LogBatch, type LogLine, MAX_LOG_LINES } from '../../shared/model/logs'

/** A line with its place among all that came since the page began, by which it is known as long as it is there. */
export interface LogRow extends LogLine {
  readonly number: number
  /** Lines before it that came too fast to be told. */
  readonly missedCount: number
}

/** In characters: what a page may hold of lines that are very long. */
const MAX_CHARACTERS = 16 * 1024 ** 2

type Batch = Pick<LogBatch, 'lines' | 'droppedCount'>

/** The rows with a batch behind them; the oldest leave when there are too many. */
export function withBatch(rows: readonly LogRow[], { lines, droppedCount }: Batch): readonly LogRow[] {
  if (lines.length === 0)
    return rows
  const next = (rows.at(-1)?.number ?? -1) + 1
  const all = [...rows, ...lines.map((line, index) => ({ ...line, number: next + index, missedCount: index === 0 ? droppedCount : 0 }))]
  let characters = 0
  let from = all.length
  for (; from > 0 && all.length - from < MAX_LOG_LINES; from -= 1) {
    characters += all[from - 1]?.text.length ?? 0
    if (characters > MAX_CHARACTERS)
      break
  }
  return from === 0 ? all : all.slice(from)
}

/**
 * The rows when the log was asked for anew, and its last lines came again: those that are there already are not told twice. Where none of
 * them is there is a gap of unknown length, and only what came is left.
 */
export function withTailAgain(rows: readonly LogRow[], batch: Batch): readonly LogRow[] {
  const { lines } = batch
  if (lines.length === 0)
    return rows
  const begin = rows.findIndex((row, index) => isSame(row, lines[0]) && rows.slice(index).every((other, place) => isSame(other, lines[place])))
  if (begin !== -1)
    return withBatch(rows, { lines: lines.slice(rows.length - begin), droppedCount: 0 })
  const next = (rows.at(-1)?.number ?? -1) + 1
  return withBatch([], batch).map(row => ({ ...row, number: row.number + next }))
}

const isSame = (row: LogLine, line: LogLine | undefined): boolean => row.at === line?.at && row.text === line.text && row.stream === line.stream
