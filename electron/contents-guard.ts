import type { App } from 'electron'

/**
 * Holds every web contents that is ever made, ours or not, where it is: no navigation by its page, no redirect, no frame
 * that moves, no new window, no webview (Electron's security checklist). What we load ourselves is not asked here.
 */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', event => event.preventDefault())
    contents.on('will-frame-navigate', event => event.preventDefault())
    contents.on('will-redirect', event => event.preventDefault())
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
