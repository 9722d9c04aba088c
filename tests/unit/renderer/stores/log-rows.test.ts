import { expect, it } from 'vitest'
import { type LogRow, withBatch, withTailAgain } from '../../../../renderer/stores/log-rows'
import { type LogLine, MAX_LOG_LINES } from '../../../../shared/model/logs'

const line = (text: string): LogLine => ({ stream: 'stdout', at: null, text, isCut: false })
const numbered = (from: number, to: number): LogLine[] => Array.from({ length: to - from }, (_, index) => line(String(from + index)))
const seen = (rows: readonly LogRow[]): [number, string][] => rows.map(({ number, text }) => [number, text])

it('counts the rows on, and says before the first of a batch how many are missing', () => {
  const rows = withBatch(withBatch([], { lines: numbered(0, 1), droppedCount: 0 }), { lines: numbered(7, 9), droppedCount: 6 })
  expect(rows.map(({ number, text, missedCount }) => [number, text, missedCount])).toEqual([[0, '0', 0], [1, '7', 6], [2, '8', 0]])
})

it('keeps the newest 10,000, or fewer where they are very long', () => {
  const many = withBatch(withBatch([], { lines: numbered(0, MAX_LOG_LINES), droppedCount: 0 }), { lines: numbered(MAX_LOG_LINES, MAX_LOG_LINES + 5), droppedCount: 0 })
  expect([many.length, many[0]?.number, many.at(-1)?.text]).toEqual([MAX_LOG_LINES, 5, String(MAX_LOG_LINES + 4)])
  const long = withBatch([], { lines: Array(100).fill(line('x'.repeat(1024 ** 2))), droppedCount: 0 })
  expect(long.length).toBe(16)
})

it.each([
  ['goes on after what is there', numbered(0, 3), numbered(0, 5), [[0, '0'], [1, '1'], [2, '2'], [3, '3'], [4, '4']]],
  ['keeps what is older than the tail', numbered(0, 3), numbered(2, 4), [[0, '0'], [1, '1'], [2, '2'], [3, '3']]],
  ['tells equal lines as often as they are there', [line('x'), line('x')], [line('x'), line('x'), line('x')], [[0, 'x'], [1, 'x'], [2, 'x']]],
  ['begins anew where nothing of it is there', numbered(0, 2), numbered(50, 52), [[2, '50'], [3, '51']]],
  ['stays where nothing came', numbered(0, 2), [], [[0, '0'], [1, '1']]],
])('of a tail that comes again %s', (_what, before, tail, after) => {
  expect(seen(withTailAgain(withBatch([], { lines: before, droppedCount: 0 }), { lines: tail, droppedCount: 0 }))).toEqual(after)
})
