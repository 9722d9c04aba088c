import { Buffer } from 'node:buffer'

/**
 * Names from the kernel are bytes from a stranger: file names may hold anything but `/` and NUL, `comm` and arguments anything.
 * Shown text keeps printable UTF-8 and turns every other byte into a visible escape, so that two names never look the same:
 * `\\` `\n` `\t` `\r`, `\xNN` for a byte that is not text, `\uNNNN` for a character that would hide or reorder others.
 */
export function textFromBytes(bytes: Uint8Array): string {
  return textFromLatin1(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
}

/** As `textFromBytes`, for text that was read one character a byte (latin1). */
export const textFromLatin1 = (text: string): string =>
  NEEDS_NO_ESCAPE.test(text) ? text : escaped(Buffer.from(text, 'latin1'))

/** Printable ASCII but the backslash: almost every name. */
const NEEDS_NO_ESCAPE = /^[ -[\]-~]*$/

function escaped(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    text += length === 0 ? hexByte(bytes[at] ?? 0) : visible(bytes.toString('utf8', at, at + length))
    at += length || 1
  }
  return text
}

/** The way back: the bytes that `textFromBytes` showed. Null when the text is not one that it makes. */
export function bytesFromText(text: string): Buffer | null {
  const parts: Buffer[] = []
  const pattern = /\\(?:([\\ntr])|x([0-9a-f]{2})|u([0-9a-f]{4}))|([^\\]+)|(\\)/gy
  for (const [, short, byte, character, plain, stray] of text.matchAll(pattern)) {
    if (stray !== undefined)
      return null
    if (short !== undefined)
      parts.push(Buffer.from(short === 'n' ? '\n' : short === 't' ? '\t' : short === 'r' ? '\r' : '\\'))
    else if (byte !== undefined)
      parts.push(Buffer.from([Number.parseInt(byte, 16)]))
    else
      parts.push(Buffer.from(character === undefined ? plain ?? '' : String.fromCharCode(Number.parseInt(character, 16)), 'utf8'))
  }
  return Buffer.concat(parts)
}

const hexByte = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\\')
    return '\\\\'
  if (character === '\n')
    return '\\n'
  if (character === '\t')
    return '\\t'
  if (character === '\r')
    return '\\r'
  if (code < 0x20 || code === 0x7F)
    return hexByte(code)
  return isHidden(code) ? `\\u${code.toString(16).padStart(4, '0')}` : character
}

/** C1 controls, soft hyphen, zero-width and bidirectional formatting characters. */
const isHidden = (code: number): boolean =>
  (code >= 0x80 && code <= 0x9F) || code === 0xAD || code === 0x61C || (code >= 0x200B && code <= 0x200F)
  || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code === 0xFEFF

/** Length in bytes of the well-formed UTF-8 sequence that starts at `at` (RFC 3629); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80)
    return 1
  const length = first >= 0xC2 && first <= 0xDF ? 2 : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0
  const second = bytes[at + 1] ?? 0
  const lowest = first === 0xE0 ? 0xA0 : first === 0xF0 ? 0x90 : 0x80
  const highest = first === 0xED ? 0x9F : first === 0xF4 ? 0x8F : 0xBF
  if (length === 0 || second < lowest || second > highest)
    return 0
  for (let i = 2; i < length; i += 1) {
    const next = bytes[at + i] ?? 0
    if (next < 0x80 || next > 0xBF)
      return 0
  }
  return length
}
