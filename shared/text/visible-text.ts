/**
 * Characters that a reader cannot see, or that move or hide the characters beside them: controls (C0, C1), format characters
 * (bidi overrides, zero-width marks, tags), lone surrogates, line and paragraph separators, and everything that Unicode lets a
 * font leave out (Default_Ignorable_Code_Point). U+2800 is the one blank glyph that no property names.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string): string {
  const short = SHORT[character]
  if (short !== undefined)
    return short
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xFF)
    return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xFFFF)
    return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}

/**
 * The text with every unseen character written out: `\x1b`, `\u202e`, `\n`. One line, left to right as stored, and the same
 * when applied twice. Backslashes stay as they are, because names arrive with their undecodable bytes already as `\xff`.
 */
export const visibleText = (text: string): string => text.replace(UNSEEN, escapeCharacter)
