import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nanosecondsOf } from '../../../../engine/parse/log-stamp'
import { logText } from '../../../../engine/parse/log-text'

it.each([
  ['plain text', 'GET / 200\t12 ms', 'GET / 200\t12 ms'],
  ['backslashes', '{"path":"C:\\\\x","line":"a\\nb"}', '{"path":"C:\\\\x","line":"a\\nb"}'],
  ['letters of every script', 'žluťoučký 日本語 🐳', 'žluťoučký 日本語 🐳'],
  ['colours', '\x1B[1;38;5;196mred\x1B[0m and \x1B[38:2::1:2:3mblue\x1B[m', 'red and blue'],
  ['what only looks like a colour', '\\x1b[31m', '\\x1b[31m'],
  ['a colour within a colour', '\x1B[\x1B[0m31mx', '\\x1b[31mx'],
  ['cursor and screen', '\x1B[2J\x1B[1;1H\x1B[?1049h\x1B[1K\x1Bc', '\\x1b[2J\\x1b[1;1H\\x1b[?1049h\\x1b[1K\\x1bc'],
  ['a private sequence that ends in m', '\x1B[>4;2m', '\\x1b[>4;2m'],
  ['title, link and clipboard', '\x1B]0;pwn\x07\x1B]8;;http://x\x1B\\y\x1B]52;c;eA==\x07', '\\x1b]0;pwn\\x07\\x1b]8;;http://x\\x1b\\y\\x1b]52;c;eA==\\x07'],
  ['C1', '\u009B31mx', '\\u009b31mx'],
  ['a progress bar', '10 %\r20 %\b', '10 %\\r20 %\\x08'],
  ['bidi, zero width and tags', 'a\u202Egnp.exe\u2066\u200B\u{E0041}', 'a\\u202egnp.exe\\u2066\\u200b\\u{e0041}'],
  ['NUL', 'a\0b', 'a\\x00b'],
  ['markup', '<img src=x onerror=alert(1)>&lt;', '<img src=x onerror=alert(1)>&lt;'],
])('shows %s', (_what, written, shown) => {
  expect(logText(Buffer.from(written))).toBe(shown)
})

it('shows bytes that are no text', () => {
  expect(logText(Buffer.from([0x61, 0xFF, 0xFE, 0x9B, 0xC0, 0x80, 0xE2, 0x82]))).toBe('a\\xff\\xfe\\x9b\\xc0\\x80\\xe2\\x82')
})

it('is one line without a control character, of any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    expect(logText(Buffer.from(bytes))).not.toMatch(/[^\t\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  }))
})

it.each([
  ['2026-11-28T22:31:46.123456789Z', 1795905106123456789n],
  ['2026-11-28T23:31:46.5+01:00', 1795905106500000000n],
  ['2026-11-28T22:31:46Z', 1795905106000000000n],
  ['2026-99-99T22:31:46Z', null],
  ['yesterday', null],
])('reads the stamp %s to the nanosecond', (stamp, nanoseconds) => {
  expect(nanosecondsOf(stamp)).toBe(nanoseconds)
})
