import type { ITheme } from '@xterm/xterm'

const ANSI = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const

/** `brightRed` is the token `--ansi-bright-red`. */
const tokenOf = (name: string): string => `--ansi-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`

export interface TerminalLook {
  readonly theme: ITheme
  readonly fontFamily: string
}

/** The page's tokens, as the browser resolves them now. */
function readLook(): TerminalLook {
  const probe = document.createElement('span')
  document.body.append(probe)
  const color = (token: string): string => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  probe.style.fontFamily = 'var(--mono)'
  const look = {
    theme: {
      background: color('--panel'),
      foreground: color('--ink'),
      cursor: color('--accent'),
      cursorAccent: color('--panel'),
      selectionBackground: color('--ansi-selection'),
      scrollbarSliderBackground: color('--line'),
      scrollbarSliderHoverBackground: color('--line-strong'),
      scrollbarSliderActiveBackground: color('--line-strong'),
      ...Object.fromEntries(ANSI.map(name => [name, color(tokenOf(name))])),
    },
    fontFamily: getComputedStyle(probe).fontFamily,
  }
  probe.remove()
  return look
}

/** Calls with the look now, and again whenever the person or the system changes it; gives what ends that. */
export function followLook(show: (look: TerminalLook) => void): () => void {
  const reread = (): void => show(readLook())
  const observer = new MutationObserver(reread)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', reread)
  reread()
  return () => {
    observer.disconnect()
    system.removeEventListener('change', reread)
  }
}
