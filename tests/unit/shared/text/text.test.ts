import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipText } from '../../../../shared/text/clip-text'
import { countOf } from '../../../../shared/text/count-of'
import { formatBytes } from '../../../../shared/text/format-bytes'
import { formatCount } from '../../../../shared/text/format-count'
import { formatDuration } from '../../../../shared/text/format-duration'
import { formatTime } from '../../../../shared/text/format-time'
import { nameList } from '../../../../shared/text/name-list'
import { visibleText } from '../../../../shared/text/visible-text'

/** A unit of every kind that a name can hold, lone surrogates too. */
const anyText = fc.string({ unit: 'binary' })

describe('visible text', () => {
  it('writes out what cannot be seen or what moves other text', () => {
    expect(visibleText('a\u001B[31mb\u202Ec\u200Bd\u0000e\nf\tg\u2028h\uFEFFi\u{E0041}j\u3164k\uD800l'))
      .toBe('a\\x1b[31mb\\u202ec\\u200bd\\x00e\\nf\\tg\\u2028h\\ufeffi\\u{e0041}j\\u3164k\\ud800l')
  })

  it('leaves every script, emoji and backslash alone', () => {
    const text = 'köln 東京 עברית 😀 \\xff C:\\x'
    expect(visibleText(text)).toBe(text)
  })

  it('is the same when applied twice, and holds nothing unseen', () => {
    fc.assert(fc.property(anyText, (text) => {
      const visible = visibleText(text)
      expect(visibleText(visible)).toBe(visible)
      expect(visible).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }))
  })
})

describe('numbers in words', () => {
  it.each([
    [0, '0 B'], [1023, '1\u202F023 B'], [1024, '1.0 KiB'], [44_564_480, '42.5 MiB'], [1_048_575, '1.0 MiB'], [2 ** 40, '1.0 TiB'], [2 ** 60, '1024.0 PiB'],
  ])('says %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  it.each([[0, '0'], [685, '685'], [1234, '1\u202F234'], [4_294_967_295, '4\u202F294\u202F967\u202F295']])('says the count %d as %s', (count, text) =>
    expect(formatCount(count)).toBe(text))

  it.each([[0, '0 ms'], [0.085, '85 ms'], [1.2, '1.2 s'], [59.96, '1 min'], [192, '3 min 12 s'], [7500, '2 h 5 min'], [349_200, '4 d 1 h']])('says %d seconds as %s', (seconds, text) =>
    expect(formatDuration(seconds)).toBe(text))

  it('says a time in UTC, and keeps what is no time', () => {
    expect(formatTime('2026-11-24T13:30:05.412+01:00')).toBe('2026-11-24 12:30:05 UTC')
    expect(formatTime('yesterday')).toBe('yesterday')
  })

  it('says one thing and many things', () => {
    expect([countOf(1, 'process', 'processes'), countOf(2, 'process', 'processes'), countOf(0, 'name')]).toEqual(['1 process', '2 processes', '0 names'])
  })
})

describe('a list of names', () => {
  it.each([
    [[], ''], [['a'], 'a'], [['a', 'b'], 'a and b'], [['a', 'b', 'c'], 'a, b and c'], [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('of %j reads %s', (names, text) => expect(nameList(names)).toBe(text))
})

describe('clipped text', () => {
  it('says how much it left out, and never cuts a character in two', () => {
    expect(clipText('abcdef', 6)).toBe('abcdef')
    expect(clipText('😀😀😀', 2)).toBe('😀😀… (+1 characters)')
  })
})
