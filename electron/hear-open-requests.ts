import type { App } from 'electron'
import { linkedContainer } from './deep-link'
import { type OpenRequest, requestedOnStart } from './open-requests'

/**
 * Hears of everything that other programs ask to be opened after this start: a second start hands over its command line; macOS
 * says it by events, which may come before the application is ready. A link that is none asks only for the window: null.
 */
export function hearOpenRequests(app: App, open: (request: OpenRequest | null) => void): void {
  app.on('second-instance', (_event, argv, folder) => open(requestedOnStart(argv, folder)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    const command = linkedContainer(link)
    open(command && { kind: 'command', command })
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open({ kind: 'file', path })
  })
}
