import { expect, it } from 'vitest'
import { createLogBuffer } from '../../../../engine/logs/log-buffer'
import { type LogLine, MAX_LOG_LINES } from '../../../../shared/model/logs'

const line = (text: string): LogLine => ({ stream: 'stdout', at: null, text, isCut: false })
const numbered = (from: number, to: number): LogLine[] => Array.from({ length: to - from }, (_, index) => line(String(from + index)))

it('gives what waits, oldest first, and each line once', () => {
  const buffer = createLogBuffer()
  buffer.add(numbered(0, 3))
  buffer.add(numbered(3, 5))
  expect(buffer.take()).toEqual({ lines: numbered(0, 5), droppedCount: 0 })
  expect([buffer.take(), buffer.isEmpty()]).toEqual([{ lines: [], droppedCount: 0 }, true])
})

it('drops the oldest of too many lines, and says once how many', () => {
  const buffer = createLogBuffer()
  for (let from = 0; from < 5 * MAX_LOG_LINES; from += 1000)
    buffer.add(numbered(from, from + 1000))
  const { lines, droppedCount } = buffer.take()
  expect([lines.length, lines[0]?.text, lines.at(-1)?.text, droppedCount]).toEqual([MAX_LOG_LINES, String(4 * MAX_LOG_LINES), String(5 * MAX_LOG_LINES - 1), 4 * MAX_LOG_LINES])
  buffer.add(numbered(0, 1))
  expect(buffer.take()).toEqual({ lines: numbered(0, 1), droppedCount: 0 })
})

it('keeps no more than 8 Mi characters of long lines, and gives them in batches that a wire can hold', () => {
  const buffer = createLogBuffer()
  const long = line('x'.repeat(128 * 1024))
  for (let count = 0; count < 100; count += 1)
    buffer.add([long])
  const batches = [buffer.take()]
  while (!buffer.isEmpty())
    batches.push(buffer.take())
  expect(batches.map(({ lines }) => lines.length)).toEqual(Array(16).fill(4))
  expect(batches.map(({ droppedCount }) => droppedCount)).toEqual([36, ...Array(15).fill(0)])
})
