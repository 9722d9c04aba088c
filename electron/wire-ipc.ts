import type { HostWire } from '../shared/contract/wire'
import { CHANNEL } from './channel'
import { ERR_ABORTED, isPageAddress } from './page-address'

/** The longest request is a folder's path: 64 names of 1,024 characters, each up to six in JSON. */
const MAX_FRAME_CHARACTERS = 512 * 1024

interface SenderFrame {
  readonly parent: object | null
  readonly url: string
}

/** What is used of Electron's WebContents; of its events `did-navigate`, `did-fail-load`, `render-process-gone`, `destroyed`. */
export interface PageContents extends NodeJS.EventEmitter {
  readonly ipc: { on: (channel: string, listener: (event: { senderFrame: SenderFrame | null }, text: unknown) => void) => unknown }
  send: (channel: string, text: string) => void
}

/** The wire of one document; a reply that is JSON already can go as it is. */
export interface DocumentWire extends HostWire {
  readonly sendText: (reply: string) => void
}

interface Page {
  wire: DocumentWire
  hear: (frame: unknown) => void
  close: () => void
}

/**
 * Gives each document of a window a wire of its own. The wire closes when the document is gone: replaced (a reload is
 * `did-navigate`, which comes when the new document is there; a navigation that was refused does not come so far), replaced
 * by an error page, its process gone, or its window destroyed. Only frames from the window's main frame on the page's origin are heard.
 */
export function connectPages(contents: PageContents, onWire: (wire: DocumentWire) => void): void {
  let page: Page | undefined

  function close(): void {
    page?.close()
    page = undefined
  }

  contents.on('did-navigate', () => {
    close()
    page = openPage(contents)
    onWire(page.wire)
  })
  contents.on('did-fail-load', (_event: unknown, code: number, _description: string, _url: string, isMainFrame: boolean) => {
    if (isMainFrame && code !== ERR_ABORTED)
      close()
  })
  contents.on('render-process-gone', close)
  contents.on('destroyed', close)
  contents.ipc.on(CHANNEL, ({ senderFrame }, text) => {
    if (page && isPage(senderFrame))
      page.hear(parseFrame(text))
  })
}

/**
 * Whether the frame is the window's main frame on the page's origin. A frame that went away while its message was on the way is
 * null, or is still there and throws when it is asked ("Render frame was disposed", Electron's WebFrameMain).
 */
function isPage(frame: SenderFrame | null): boolean {
  try {
    return frame?.parent === null && isPageAddress(frame.url)
  }
  catch {
    return false
  }
}

function openPage(contents: PageContents): Page {
  const frameListeners: ((frame: unknown) => void)[] = []
  const closeListeners: (() => void)[] = []
  let isClosed = false
  const sendText = (reply: string): void => {
    if (!isClosed)
      contents.send(CHANNEL, reply)
  }
  return {
    wire: {
      send: reply => sendText(JSON.stringify(reply)),
      sendText,
      onFrame: listener => frameListeners.push(listener),
      onClose: listener => closeListeners.push(listener),
    },
    hear: frame => frameListeners.forEach(listener => listener(frame)),
    close: () => {
      isClosed = true
      closeListeners.forEach(listener => listener())
    },
  }
}

/** What is not JSON of a sensible length becomes undefined, which `serve` does not take for a request. */
function parseFrame(text: unknown): unknown {
  if (typeof text !== 'string' || text.length > MAX_FRAME_CHARACTERS)
    return undefined
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}
