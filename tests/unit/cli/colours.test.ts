import { expect, it } from 'vitest'
import { createPaint, wantsColours } from '../../../cli/print/colours'

it.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ FORCE_COLOR: '' }, false, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('with %j and a terminal: %s, colours: %s', (env, isTerminal, expected) => {
  expect(wantsColours(env, isTerminal)).toBe(expected)
})

it('paints inside teal and outside amber, or not at all', () => {
  expect(createPaint(true)('inside', 'a') + createPaint(true)('outside', 'b')).toBe('\x1b[36ma\x1b[0m\x1b[33mb\x1b[0m')
  expect(createPaint(false)('inside', 'a')).toBe('a')
})
