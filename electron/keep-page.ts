import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import { ERR_ABORTED, isPageAddress, PAGE_URL } from './page-address'

const SOON_MS = 60_000

/** Loads the page. Its promise tells nothing new: a failure comes as `did-fail-load`, and it rejects as well when the window closes meanwhile. */
export function loadPage(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch(() => {})
}

/**
 * Brings the page back, with the view that it showed, when its process has ended, and when it left for `about:…`, which
 * Chromium opens without asking anybody (`will-navigate` stays silent). When that happens once more soon after, the person
 * decides; so does the person when it does not answer any more.
 */
export function keepPage(window: BrowserWindow): void {
  const contents = window.webContents
  let broughtBackAtMs = -Infinity
  let lastAddress = PAGE_URL
  let isAsking = false
  let answered = new AbortController()

  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit')
      bringBack(`Its process ended: ${reason}.`)
  })
  contents.on('did-navigate', (_event, url) => {
    if (isPageAddress(url))
      lastAddress = url
    else
      bringBack('It left for another address.')
  })
  contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    if (isMainFrame && isPageAddress(url))
      lastAddress = url
  })
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== ERR_ABORTED)
      bringBack(`It could not be loaded: ${description}.`)
  })
  contents.on('unresponsive', () => void askWhetherToWait())
  contents.on('responsive', () => answered.abort())

  function bringBack(why: string): void {
    if (isAsking)
      return
    if (performance.now() - broughtBackAtMs > SOON_MS)
      load()
    else
      void askToLoad(why)
  }

  function load(): void {
    broughtBackAtMs = performance.now()
    loadPage(window, lastAddress)
  }

  async function askToLoad(why: string): Promise<void> {
    isAsking = true
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The page has stopped twice within a minute.',
      detail: why,
      buttons: ['Load it again', 'Close Isoscope'],
      defaultId: 0,
      cancelId: 1,
    })
    isAsking = false
    if (response === 0)
      load()
    else
      window.close()
  }

  async function askWhetherToWait(): Promise<void> {
    if (isAsking)
      return
    isAsking = true
    answered = new AbortController()
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'The page does not answer.',
      detail: 'It may be busy with a very large list. Loading it again reads everything anew.',
      buttons: ['Wait', 'Load it again'],
      defaultId: 0,
      cancelId: 0,
      // It answers after all: then nobody needs to decide.
      signal: answered.signal,
    })
    isAsking = false
    if (response === 1) {
      // A reload alone would wait for the page that does not answer. Its end, wished for this time, brings it back.
      broughtBackAtMs = -Infinity
      contents.forcefullyCrashRenderer()
    }
  }
}
