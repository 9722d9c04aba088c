import { expect, it } from 'vitest'
import type { LogRow } from '../../../../../renderer/stores/log-rows'
import { MAX_MATCHES, matchFinder, partsOf } from '../../../../../renderer/views/logs/find-matches'
import { prefixOf, shownText } from '../../../../../renderer/views/logs/line-words'

const row = (number: number, text: string, more: Partial<LogRow> = {}): LogRow => ({ number, text, stream: 'stdout', at: '2026-11-28T22:31:46.123456789Z', isCut: false, missedCount: 0, ...more })
const found = (words: string, ...texts: string[]): [number, string][] => {
  const rows = texts.map((text, index) => row(index, text))
  return matchFinder(words)(rows).map(({ number, from, to }) => [number, rows[number]?.text.slice(from, to) ?? ''])
}

it.each([
  ['nothing', '', []],
  ['error', 'no such', []],
  ['whatever the case, as often as it is there', 'err', [[0, 'Err'], [0, 'err'], [1, 'ERR']]],
])('finds %s: %j', (_what, words, matches) => {
  expect(found(words, 'Error after error', 'ERR!')).toEqual(matches)
})

it.each(['.*', '[', '(a', 'a|b', '\\x1b', '$&', 'a-b', '/'])('takes %j as text', (words) => {
  expect(found(words, `before ${words} after`, 'x')).toEqual([[0, words]])
})

it('gives letters that change their length with their case whole', () => {
  expect(found('k', 'İİ Kelvin \u212A')).toEqual([[0, 'K'], [0, '\u212A']])
})

it('counts no more than anybody would step through, the newest of them', () => {
  const matches = matchFinder('a')([row(0, 'a'.repeat(MAX_MATCHES)), row(1, 'aaa')])
  expect([matches.length, matches[0], matches.at(-1)]).toEqual([MAX_MATCHES, { number: 0, from: 3, to: 4 }, { number: 1, from: 2, to: 3 }])
})

it('gives the same match for the same row when it is asked again', () => {
  const rows = [row(0, 'one one')]
  const find = matchFinder('one')
  expect(find([...rows, row(1, 'one')])[1]).toBe(find(rows)[1])
})

it('cuts a text where its matches begin and end', () => {
  expect(partsOf('one two', matchFinder('two')([row(0, 'one two')])).map(({ text, match }) => [text, match !== null])).toEqual([['one ', false], ['two', true]])
  expect(partsOf('', [])).toEqual([{ text: '', match: null }])
})

it('puts time and stream before each text in so many characters', () => {
  expect(shownText([row(0, 'out'), row(1, 'bad', { stream: 'stderr', at: '2026-11-28T22:31:46Z', isCut: true }), row(2, 'when?', { at: null })], true).split('\n')).toEqual([
    '2026-11-28 22:31:46.123        out',
    '2026-11-28 22:31:46.000 stderr bad … cut at 64 KiB',
    'no stamp                       when?',
  ])
  expect(shownText([row(0, 'out'), row(1, 'tty', { stream: 'terminal' })], false)).toBe('       out\ntty')
  expect(new Set([prefixOf(row(0, ''), true), prefixOf(row(0, '', { at: null }), true)].map(({ date, time }) => `${date.length} ${time.length}`)).size).toBe(1)
})
