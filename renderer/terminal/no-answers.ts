import type { IFunctionIdentifier, Terminal } from '@xterm/xterm'

/**
 * A terminal answers to what programs write: who it is, where its cursor stands, which colours it has. Its answers reach the program as if a
 * person had typed them, so a file that is only looked at could type into a shell (CVE-2003-0063, CVE-2022-45063). Here nothing is
 * answered: every sequence that asks is swallowed, and so is what would make the mouse or the focus write, or change anything outside of the
 * terminal (title, clipboard, links). Which there are: xterm, "ctlseqs".
 */
export function answerNothing(terminal: Terminal): void {
  const { parser } = terminal
  const swallow = (): boolean => true
  for (const asks of ASKS)
    parser.registerCsiHandler(asks, swallow)
  for (const asks of STRINGS_THAT_ASK)
    parser.registerDcsHandler(asks, swallow)
  for (const command of OPERATING_SYSTEM_COMMANDS)
    parser.registerOscHandler(command, swallow)
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, modes => modes.flat().some(mode => MODES_THAT_WRITE.has(mode)))
  for (const repeats of REPEATS)
    parser.registerCsiHandler(repeats, counts => counts.flat().some(count => count > MOST_REPEATED))
  for (const erases of ERASES)
    parser.registerCsiHandler(erases, ([what]) => what === 1 && isInLastCell(terminal))
}

/** xterm.js 6.0 fails where it erases everything up to a cell that no line follows, and draws nothing from then on. */
function isInLastCell({ buffer: { active }, cols }: Terminal): boolean {
  return active.cursorX + 1 >= cols && active.cursorY + 1 >= active.length
}

const ERASES: readonly IFunctionIdentifier[] = [{ final: 'J' }, { prefix: '?', final: 'J' }]

const ASKS: readonly IFunctionIdentifier[] = [
  // Device attributes: primary, secondary, tertiary.
  { final: 'c' }, { prefix: '>', final: 'c' }, { prefix: '=', final: 'c' },
  // Device status and the cursor's place.
  { final: 'n' }, { prefix: '?', final: 'n' }, { prefix: '>', final: 'n' },
  // Modes.
  { intermediates: '$', final: 'p' }, { prefix: '?', intermediates: '$', final: 'p' },
  // The window: its size, place, title and state, told and changed.
  { final: 't' }, { prefix: '>', final: 't' }, { intermediates: ' ', final: 't' },
  // Terminal parameters, name and version, key modes, presentation state, checksum of the screen, graphics.
  { final: 'x' }, { prefix: '>', final: 'q' }, { prefix: '?', final: 'u' }, { prefix: '?', final: 'm' }, { intermediates: '$', final: 'w' },
  { intermediates: '*', final: 'y' }, { prefix: '?', final: 'S' }, { intermediates: '\'', final: '|' }, { intermediates: '"', final: 'v' },
]

/** Settings, and capabilities of terminfo. */
const STRINGS_THAT_ASK: readonly IFunctionIdentifier[] = [{ intermediates: '$', final: 'q' }, { intermediates: '+', final: 'q' }]

/** All that xterm.js knows, and those that other terminals let reach beyond themselves: titles, colours, links, notifications, the clipboard, images. */
const OPERATING_SYSTEM_COMMANDS = [0, 1, 2, 4, 5, 6, 7, 8, 9, ...numbers(10, 19), 21, 22, 50, 51, 52, 60, 61, 66, 99, 104, 105, 106, ...numbers(110, 119), 133, 176, 555, 633, 666, 777, 1337, 5522]

/** Reports of the mouse in all their forms, of the focus, of colour schemes, and of size. With one of them in it, the whole sequence is passed over. */
const MODES_THAT_WRITE: ReadonlySet<number> = new Set([9, ...numbers(1000, 1007), 1015, 1016, 2031, 2048])

/** What is done as often as its number says, one after the other: two thousand million times would be for ever. */
const REPEATS: readonly IFunctionIdentifier[] = [
  ...['@', 'I', 'L', 'M', 'P', 'S', 'T', 'X', 'Z', 'b'].map(final => ({ final })),
  { intermediates: ' ', final: '@' }, { intermediates: ' ', final: 'A' }, { intermediates: '\'', final: '}' }, { intermediates: '\'', final: '~' },
]
/** More than any terminal has columns or rows. */
const MOST_REPEATED = 1000

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
