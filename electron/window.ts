import { join } from 'node:path'
import type { Session } from 'electron'
import { BrowserWindow, nativeTheme } from 'electron'

/** `--page` of renderer/styles/tokens.css, so that a window never flashes another colour before its first paint. */
const BACKGROUND = { light: '#f2f4f7', dark: '#10161c' }

/** What every window has, spelled out although it is Electron's default by now. */
const HARDENED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  spellcheck: false,
} as const

/** The window that a person sees; it shows itself with its first paint. */
export function createPageWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Isoscope',
    width: 1280,
    height: 840,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: { ...HARDENED, preload: join(import.meta.dirname, '../preload/index.cjs') },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

/** A window that is never shown, without script and without the pipe, in a session of its own: for printing. */
export const createPrintWindow = (session: Session): BrowserWindow =>
  new BrowserWindow({ show: false, webPreferences: { ...HARDENED, javascript: false, session } })
