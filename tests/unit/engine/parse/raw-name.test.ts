import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { bytesFromText, textFromBytes, textFromLatin1 } from '../../../../engine/parse/raw-name'

describe('names from bytes', () => {
  it.each([
    [[0x63, 0x61, 0x66, 0xC3, 0xA9], 'café'],
    [[0xFF, 0xFE, 0x80], '\\xff\\xfe\\x80'],
    [[0x61, 0xE2, 0x82], 'a\\xe2\\x82'],
    [[0x61, 0x0A, 0x1B, 0x5B], 'a\\n\\x1b['],
    [[0x61, 0x5C, 0x6E], 'a\\\\n'],
    [[0xE2, 0x80, 0xAE], '\\u202e'],
    [[0xC0, 0x80], '\\xc0\\x80'],
    [[0xED, 0xA0, 0x80], '\\xed\\xa0\\x80'],
    [[0xF0, 0x9F, 0x90, 0xB3], '🐳'],
  ])('shows %j as %j', (bytes, text) => {
    expect(textFromBytes(Uint8Array.from(bytes))).toBe(text)
  })

  it('can be undone for any bytes, so no two names look the same', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect([...bytesFromText(textFromBytes(bytes)) ?? []]).toEqual([...bytes])
    }))
  })

  it('hides nothing: no control, zero-width or bidirectional character is left', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      expect(textFromBytes(Buffer.from(text))).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u)
    }))
  })

  it('reads text that was taken one character a byte', () => {
    expect(textFromLatin1('caf\xC3\xA9')).toBe('café')
  })

  it.each(['a\\', '\\q', '\\x1'])('refuses %j, which no name is shown as', (text) => {
    expect(bytesFromText(text)).toBeNull()
  })
})
