import { join } from 'node:path'
import type { Rectangle, Session } from 'electron'
import { BrowserWindow, nativeTheme } from 'electron'
import { SMALLEST } from './window-state'

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

/** The window that a person sees, at this place; it shows itself with its first paint. */
export function createPageWindow(bounds: Rectangle): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Isoscope',
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
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
