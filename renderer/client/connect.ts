import { createClient } from '../../shared/contract/client'
import type { IsoscopeClient, IsoscopeContract } from '../../shared/contract/contract'
import type { PageWire } from '../../shared/contract/wire'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { createIpcWire } from './wire-ipc'
import { openWebSocketWire } from './wire-websocket'

/** Hears what becomes of the connection. `onOpen` comes again after every reconnect, with a new client. */
export interface ConnectionListener {
  onOpen: (client: IsoscopeClient) => void
  onLost: () => void
  /** No connection can be made from here by waiting. */
  onFailed: (problem: Problem) => void
}

const SESSION_KEY = 'isoscope.session'
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

const NO_LINK = {
  code: 'LINK_MISSING',
  what: 'This page was opened without its link.',
  fix: 'In a terminal run: isoscope serve. Then open the link that it prints; the link works once.',
}
const LINK_REFUSED = {
  code: 'LINK_REFUSED',
  what: 'Isoscope did not accept this link: it was used before, or belongs to an earlier start.',
  fix: 'In a terminal run: isoscope serve. Then open the new link that it prints.',
}

/** Connects to the host that this page is in: the desktop when its bridge is there, otherwise the web host. */
export function connect(token: string | null, listener: ConnectionListener): void {
  if (window.isoscope)
    listener.onOpen(createClient<IsoscopeContract>(createIpcWire(window.isoscope)))
  else
    void connectToWebHost(token, listener)
}

async function connectToWebHost(token: string | null, listener: ConnectionListener): Promise<void> {
  try {
    const session = token === null ? sessionStorage.getItem(SESSION_KEY) : await tradeToken(token)
    if (session === null)
      return listener.onFailed(NO_LINK)
    sessionStorage.setItem(SESSION_KEY, session)
    await keepOpen(session, listener)
  }
  catch (error) {
    if (!(error instanceof ProblemError))
      throw error
    listener.onFailed(error.problem)
  }
}

/** The link's token becomes this tab's session, once; throws a ProblemError when the host refuses it. */
async function tradeToken(token: string): Promise<string> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => null)
  const answer: unknown = response?.ok ? await response.json() : null
  if (typeof answer !== 'object' || answer === null || !('session' in answer) || typeof answer.session !== 'string')
    throw new ProblemError(LINK_REFUSED)
  return answer.session
}

/** Opens the socket, and opens it again whenever it closes, waiting longer after each failure. */
async function keepOpen(session: string, listener: ConnectionListener): Promise<void> {
  let waitMs = FIRST_WAIT_MS
  for (;;) {
    const wire = await openWebSocketWire(session).catch(() => null)
    if (wire) {
      waitMs = FIRST_WAIT_MS
      const closed = whenClosed(wire)
      listener.onOpen(createClient<IsoscopeContract>(wire))
      await closed
    }
    listener.onLost()
    await new Promise(resolve => setTimeout(resolve, waitMs))
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

const whenClosed = (wire: PageWire): Promise<void> => new Promise(resolve => wire.onClose(resolve))
