import { expect, it } from 'vitest'
import { pad, shorten, wrap } from '../../../cli/print/fit'

it.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['/var/lib/docker/overlay2/merged', 11, '/var/…erged'],
  ['\u{1F310}\u{1F310}\u{1F310}\u{1F310}', 3, '\u{1F310}…\u{1F310}'],
])('shortens %j to %d columns by its middle', (text, width, expected) => {
  expect(shorten(text, width)).toBe(expected)
})

it('pads by code points', () => {
  expect(pad('\u{1F310}', 3)).toBe('\u{1F310}  ')
})

it('wraps at spaces, and inside a word that is longer than a line', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a 1234567890 b', 4)).toEqual(['a', '1234', '5678', '90 b'])
  expect(wrap('', 4)).toEqual([''])
})
