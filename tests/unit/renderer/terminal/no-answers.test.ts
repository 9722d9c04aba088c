import { Terminal } from '@xterm/xterm'
import { expect, it } from 'vitest'
import { answerNothing } from '../../../../renderer/terminal/no-answers'

const ESC = '\x1b'
const PREFIXES = ['', '?', '>', '=', '<']
const INTERMEDIATES = ['', ...Array.from({ length: 16 }, (_, index) => String.fromCharCode(0x20 + index))]
const FINALS = Array.from({ length: 0x7F - 0x40 }, (_, index) => String.fromCharCode(0x40 + index))
/** Every small number, each mode and report that terminals know, and one that is more than any. */
const PARAMETERS = ['', ...Array.from({ length: 31 }, (_, index) => String(index)), '47', '996', '1004', '1006', '1016', '1049', '2004', '2026', '2031', '2048', '2147483647', '1;1', '1;2;3', '4;2', '1000;1006']

const everyCsi = (): string[] => PREFIXES.flatMap(prefix => INTERMEDIATES.flatMap(intermediate => FINALS.flatMap(final =>
  PARAMETERS.map(parameters => `${ESC}[${prefix}${parameters}${intermediate}${final}`))))

const everyString = (): string[] => [
  ...Array.from({ length: 2100 }, (_, command) => ['?', 'x;?', '0;?', '10;?', 'c;?', 'i=1;?'].map(text => `${ESC}]${command};${text}`)).flat(),
  ...PREFIXES.flatMap(prefix => INTERMEDIATES.flatMap(intermediate => FINALS.flatMap(final => ['m', '"p', 'r', ' q', '544e'].map(text => `${ESC}P${prefix}1${intermediate}${final}${text}`)))),
  `${ESC}_Ga=q;${'A'.repeat(8)}`, `${ESC}^x`, `${ESC}Xx`,
].map(text => `${text}${ESC}\\`)

const everyEsc = (): string[] => INTERMEDIATES.flatMap(intermediate => Array.from({ length: 0x4F }, (_, index) => `${ESC}${intermediate}${String.fromCharCode(0x30 + index)}`))

/** What would have been typed by nobody, after all of these were written. */
async function answersTo(sequences: readonly string[], isGuarded = true): Promise<string[]> {
  const terminal = new Terminal({ cols: 80, rows: 24, scrollback: 100, logLevel: 'off' })
  const answers: string[] = []
  terminal.onData(data => answers.push(data))
  terminal.onBinary(data => answers.push(data))
  terminal.onTitleChange(title => answers.push(`title ${title}`))
  if (isGuarded)
    answerNothing(terminal)
  // Two thousand at a time, each from where the one before left the terminal.
  for (let from = 0; from < sequences.length; from += 2000)
    await new Promise<void>(resolve => terminal.write(`${sequences.slice(from, from + 2000).join(`${ESC}\\`)}${ESC}\\`, resolve))
  terminal.dispose()
  return answers
}

it.each([
  ['control sequence', everyCsi],
  ['string', everyString],
  ['escape sequence', everyEsc],
  ['control character', () => Array.from({ length: 0xA0 }, (_, code) => String.fromCharCode(code))],
])('answers no %s, whatever it asks, and is done with it soon', { timeout: 60_000 }, async (_what, sequences) => {
  expect(await answersTo(sequences())).toEqual([])
})

it.each([`${ESC}[c`, `${ESC}[>c`, `${ESC}[5n`, `${ESC}[6n`, `${ESC}[?6n`, `${ESC}[?25$p`, `${ESC}P$qm${ESC}\\`])('would answer %j without its guard', async (sequence) => {
  expect((await answersTo([sequence], false)).length).toBeGreaterThan(0)
})

it('answers nothing to a sequence that comes in pieces', async () => {
  const terminal = new Terminal({ logLevel: 'off' })
  const answers: string[] = []
  terminal.onData(data => answers.push(data))
  answerNothing(terminal)
  for (const sequence of [`${ESC}[c`, `${ESC}[>0c`, `${ESC}[6n`, `${ESC}[?1$p`, `${ESC}P$qm${ESC}\\`, `${ESC}]10;?${ESC}\\`, `${ESC}[?1000h`, `\x9b6n`]) {
    for (const piece of sequence)
      await new Promise<void>(resolve => terminal.write(piece, resolve))
  }
  expect(answers).toEqual([])
  expect(terminal.modes.mouseTrackingMode).toBe('none')
})

it('is what it was after random bytes, and sends nothing', { timeout: 30_000 }, async () => {
  const terminal = new Terminal({ logLevel: 'off' })
  const answers: string[] = []
  terminal.onData(data => answers.push(data))
  answerNothing(terminal)
  let state = 42
  const next = (): number => (state = Math.imul(state, 1664525) + 1013904223 >>> 0) >>> 24
  const bytes = Uint8Array.from({ length: 400_000 }, (_, index) => index % 7 === 0 ? 0x1B : index % 7 === 1 ? 0x5B + next() % 5 : next())
  await new Promise<void>(resolve => terminal.write(bytes, resolve))
  await new Promise<void>(resolve => terminal.write(`${ESC}\\\x18${ESC}c${ESC}[2J${ESC}[Hstill here`, resolve))
  expect(terminal.buffer.active.getLine(terminal.buffer.active.baseY)?.translateToString(true)).toBe('still here')
  expect(answers).toEqual([])
})
