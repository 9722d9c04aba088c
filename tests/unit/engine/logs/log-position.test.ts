import { expect, it } from 'vitest'
import { createLogPosition } from '../../../../engine/logs/log-position'
import { nanosecondsOf } from '../../../../engine/parse/log-stamp'
import type { LogLine } from '../../../../shared/model/logs'

type Written = [stream: LogLine['stream'], second: number, text: string]
const lines = (...written: Written[]): LogLine[] =>
  written.map(([stream, second, text]) => ({ stream, at: `2026-11-28T22:00:${second.toFixed(9).padStart(12, '0')}Z`, text, isCut: false }))
const texts = (kept: readonly LogLine[]): string[] => kept.map(({ text }) => text)

/** What the engine sends when it is asked again: everything that is not older than `since`. */
function sentAgain(log: readonly LogLine[], since: string | null): LogLine[] {
  const [seconds = '0', nanoseconds = '0'] = (since ?? '0.0').split('.')
  const from = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
  return log.filter(({ at }) => (nanosecondsOf(at ?? '') ?? 0n) >= from)
}

/** Reads the first lines, is cut off, and reads what the engine sends then. */
function resumed(log: readonly LogLine[], readCount: number): string[] {
  const position = createLogPosition()
  const before = position.onlyNew(log.slice(0, readCount))
  const again = sentAgain(log, position.since())
  position.resume()
  return texts([...before, ...position.onlyNew(again)])
}

it('goes on after the last line that was read, without one twice and without a gap, wherever it was cut off', () => {
  const log = lines(
    ['stdout', 1, 'a'], ['stderr', 1, 'b'], ['stdout', 1, 'a'], ['stdout', 2, 'c'], ['stdout', 2, 'c'],
    // Stamped before the line above, and written after it.
    ['stderr', 1.9, 'late'], ['stdout', 30, 'd'], ['stderr', 31, 'e'], ['stdout', 31, 'f'],
  )
  for (let readCount = 0; readCount <= log.length; readCount += 1)
    expect(resumed(log, readCount), `after ${readCount}`).toEqual(texts(log))
})

it('asks for a few seconds more than it has, and for no more, however long one stream was silent', () => {
  const position = createLogPosition()
  expect(position.since()).toBeNull()
  position.onlyNew(lines(['stderr', 1, 'x'], ['stdout', 40.5, 'y']))
  expect(position.since()).toBe(`${Date.parse('2026-11-28T22:00:35Z') / 1000}.500000000`)
})

it('shows nothing of the other stream that is older than the lines it began with', () => {
  const position = createLogPosition()
  position.onlyNew(lines(['stdout', 10, 'first of the tail']))
  position.resume()
  expect(texts(position.onlyNew(lines(['stderr', 9, 'before the tail'], ['stdout', 10, 'first of the tail'], ['stderr', 10.5, 'new'])))).toEqual(['new'])
})
