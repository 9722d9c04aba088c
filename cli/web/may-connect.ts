import type { IncomingMessage } from 'node:http'

export type Refusal = 400 | 403

/** The two names a browser may use for this host; the default port is not written. */
function ownNames(port: number): string[] {
  return ['127.0.0.1', 'localhost'].map(name => new URL(`http://${name}:${port}`).host)
}

/**
 * The gate before every route and every upgrade. Any web page can reach 127.0.0.1, so: an exact Host (DNS rebinding), our
 * own Origin and no other, not even `null` (other pages and sandboxed frames), and no request that the browser itself calls
 * cross-site. Returns the HTTP status to refuse with, or null for a request that may go on; the secret is checked later.
 */
export function refusal(request: IncomingMessage, port: number): Refusal | null {
  const { headers, rawHeaders } = request
  // Node keeps the first of two Host headers; a proxy may have believed the second.
  const hostCount = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length
  if (hostCount !== 1 || !request.url?.startsWith('/'))
    return 400
  const host = headers.host ?? ''
  if (!ownNames(port).includes(host))
    return 403
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    return 403
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 403
  return null
}

/** Browsers name the Origin of every POST and every WebSocket: one without it comes from something else. */
export const namesItsOrigin = (request: IncomingMessage): boolean => request.headers.origin !== undefined
