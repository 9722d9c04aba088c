/** The page's own scheme: a standard, secure origin that no web page can have, and no `file:` anywhere. */
export const SCHEME = 'app'
export const PAGE_HOST = 'isoscope'
export const PAGE_URL = `${SCHEME}://${PAGE_HOST}/index.html`
export const SAMPLE_URL = `${PAGE_URL}#view=sample`

/** Whether a frame's address is of the page's own origin; the slash ends the host, so no longer host can begin the same. */
export const isPageAddress = (address: string): boolean => address.startsWith(`${SCHEME}://${PAGE_HOST}/`)

/** Chromium's net::ERR_ABORTED: a navigation that ended and left the document as it was. */
export const ERR_ABORTED = -3
