import type { Session } from 'electron'
import { isPageAddress } from './page-address'

/** Copying a command to the clipboard, on a click, is all that the page may do beyond its own window. */
const isAllowed = (permission: string): boolean => permission === 'clipboard-sanitized-write'

/** Refuses every other permission and device, and every address that is not one of the files that this program carries. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
  session.setDevicePermissionHandler(() => false)
  // What the page made itself may be saved: a report of a recording, for which Electron asks the person where.
  session.on('will-download', (event, item) => {
    if (!isPageAddress(item.getURL().replace(/^blob:/, '')))
      event.preventDefault()
  })
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'] },
    (_request, decide) => decide({ cancel: true }),
  )
}
