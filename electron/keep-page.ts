import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import { ERR_ABORTED, isPageAddress, PAGE_URL } from './page-address'

const SOON_MS = 60_000

/**
 * Brings the page back when its process has ended, and when it left for `about:…`, which Chromium opens without asking
 * anybody (`will-navigate` stays silent). When that happens once more soon after, the person decides.
 */
export function keepPage(window: BrowserWindow): void {
  const contents = window.webContents
  let broughtBackAtMs = -Infinity

  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit')
      bringBack(`Its process ended: ${reason}.`)
  })
  contents.on('did-navigate', (_event, url) => {
    if (!isPageAddress(url))
      bringBack('It left for another address.')
  })
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== ERR_ABORTED)
      bringBack(`It could not be loaded: ${description}.`)
  })

  function bringBack(why: string): void {
    if (performance.now() - broughtBackAtMs > SOON_MS)
      load()
    else
      void askToLoad(why)
  }

  function load(): void {
    broughtBackAtMs = performance.now()
    void window.loadURL(PAGE_URL)
  }

  async function askToLoad(why: string): Promise<void> {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The page has stopped twice within a minute.',
      detail: why,
      buttons: ['Load it again', 'Close Isoscope'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0)
      load()
    else
      window.close()
  }
}
