import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const WRONG_TRIES = 5

export interface Sessions {
  /** Gives a new session for the link's token, once; null for any other text. */
  trade: (token: string) => string | null
  isOpen: (session: string) => boolean
}

const newSecret = (): string => randomBytes(32).toString('base64url')
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/**
 * Link tokens and the sessions they were traded for; only digests of sessions are kept. `onToken` hears each token that
 * is valid from then on: the first, one after each use (for a second browser), and one after five wrong tries.
 */
export function createSessions(onToken: (token: string) => void): Sessions {
  const sessions: Buffer[] = []
  let token: Buffer = digest(newSecret())
  let wrongTries = 0

  function renew(): void {
    const secret = newSecret()
    token = digest(secret)
    wrongTries = 0
    onToken(secret)
  }

  function trade(text: string): string | null {
    if (!timingSafeEqual(digest(text), token)) {
      wrongTries += 1
      if (wrongTries === WRONG_TRIES)
        renew()
      return null
    }
    const session = newSecret()
    sessions.push(digest(session))
    renew()
    return session
  }

  renew()
  return {
    trade,
    isOpen: session => sessions.some(known => timingSafeEqual(known, digest(session))),
  }
}
