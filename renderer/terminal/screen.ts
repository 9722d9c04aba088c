import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { answerNothing } from './no-answers'
import { pastedText } from './pasted-text'
import { createStyledDocument } from './styled-document'
import { terminalKey } from './terminal-keys'
import { followLook } from './terminal-theme'

/** What a screen tells of the person before it. */
export interface ScreenEvents {
  /** Keys, or text that was pasted, as the program gets it. */
  readonly onTyped: (data: string) => void
  readonly onResized: (columns: number, rows: number) => void
  /** Text that waits to be pasted: `pasted` types it. */
  readonly onPaste: (text: string) => void
  /** The person wants to leave with the keyboard. */
  readonly onLeave: () => void
}

/** One terminal's screen, kept while no view shows it. The only file that touches an instance of xterm.js. */
export interface Screen {
  readonly size: () => { columns: number, rows: number }
  /** Resolves when it is drawn: whoever waits for that never gets ahead of the screen. */
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Into this element, whose whole size it takes from now on; gives what takes it out. */
  readonly attach: (parent: HTMLElement) => () => void
  readonly focus: () => void
  /** As if it was typed, bracketed where the program asked for that. */
  readonly pasted: (text: string) => void
  /** The program reads a paste as one, and runs nothing of it by itself. */
  readonly isBracketed: () => boolean
  readonly setScreenReader: (isOn: boolean) => void
  readonly setEnded: () => void
  readonly dispose: () => void
}

const SCROLLBACK_LINES = 5_000
/** Before it was ever shown. */
const FIRST_SIZE = { cols: 80, rows: 24 }

export function createScreen(events: ScreenEvents): Screen {
  const styled = createStyledDocument(document)
  const terminal = new Terminal({
    ...FIRST_SIZE,
    documentOverride: styled.document,
    scrollback: SCROLLBACK_LINES,
    fontSize: 13,
    lineHeight: 1.2,
    cursorBlink: false,
    // Whatever colours a program chooses.
    minimumContrastRatio: 4.5,
    altClickMovesCursor: false,
    // Nothing of what is written is a link.
    linkHandler: { activate: () => {} },
    windowOptions: {},
    // A stream that is broken says so on the screen alone.
    logLevel: 'off',
  })
  answerNothing(terminal)
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  terminal.onData(events.onTyped)
  terminal.onResize(({ cols, rows }) => events.onResized(cols, rows))
  terminal.attachCustomKeyEventHandler((event) => {
    const key = terminalKey(event)
    if (key === 'copy' && terminal.hasSelection())
      void navigator.clipboard.writeText(terminal.getSelection()).catch(() => {})
    if (key === 'leave')
      events.onLeave()
    // The browser pastes by itself, which comes as an event.
    if (key === 'copy' || key === 'leave')
      event.preventDefault()
    return key === null
  })
  const host = document.createElement('div')
  host.className = 'screen'
  host.addEventListener('paste', (event) => {
    event.preventDefault()
    event.stopPropagation()
    const text = pastedText(event.clipboardData?.getData('text/plain') ?? '')
    if (text !== '')
      events.onPaste(text)
  }, true)
  const unfollow = followLook(({ theme, fontFamily }) => { terminal.options = { theme, fontFamily } })

  return {
    size: () => ({ columns: terminal.cols, rows: terminal.rows }),
    write: bytes => new Promise(resolve => terminal.write(bytes, resolve)),
    attach(parent) {
      parent.append(host)
      if (!terminal.element) {
        styled.during(() => terminal.open(host))
        drawWith(terminal, styled.document)
      }
      const observer = new ResizeObserver(() => fit.fit())
      observer.observe(host)
      fit.fit()
      return () => {
        observer.disconnect()
        host.remove()
      }
    },
    focus: () => terminal.focus(),
    pasted: text => terminal.paste(text),
    isBracketed: () => terminal.modes.bracketedPasteMode,
    setScreenReader: (isOn) => { terminal.options.screenReaderMode = isOn },
    setEnded: () => { terminal.options = { disableStdin: true, cursorInactiveStyle: 'none' } },
    dispose() {
      unfollow()
      terminal.dispose()
      host.remove()
      styled.dispose()
    },
  }
}

/** xterm.js 6.0 makes the cells of its rows with the page's own document, whatever its option says (DomRenderer, `_rowFactory`). */
function drawWith(terminal: Terminal, styled: Document): void {
  const factory = ['_core', '_renderService', '_renderer', 'value', '_rowFactory']
    .reduce<unknown>((found, name) => typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined, terminal)
  if (typeof factory !== 'object' || factory === null || !Reflect.has(factory, '_document'))
    throw new Error('this xterm.js draws in another way')
  Reflect.set(factory, '_document', styled)
}
