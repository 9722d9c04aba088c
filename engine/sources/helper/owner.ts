import { createHash } from 'node:crypto'
import type { RawHelper } from '../docker'
import { OWNER_LABEL } from '../action-gate'

/** Who starts helper containers: one process of one computer. */
export interface Owner {
  /** For the label: the computer, told from others by a digest of its name, and the PID. */
  readonly token: string
  /** Whether a process with that PID runs on this computer. */
  readonly isRunning: (pid: number) => boolean
}

export const ownerOf = (hostname: string, pid: number): Owner => ({
  token: `${createHash('sha256').update(hostname).digest('hex').slice(0, 12)}:${pid}`,
  isRunning,
})

/** Signal 0 is none, but a process that may not be sent one is there too (kill(2)). */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  }
  catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** What another computer left behind is given as long to start, whatever its clock says. */
const FOREIGN_MS = 10 * 60_000

/**
 * A helper container that no Isoscope holds. It ends and goes away with its client, so this is one that was created but not started when
 * its client was killed, or one that outlived a restart of the engine. One of another computer is left alone while it runs.
 */
export function isLeftover({ State, Created, Labels }: RawHelper, owner: Owner, nowMs: number): boolean {
  const [computer, pid] = Labels[OWNER_LABEL]?.split(':') ?? []
  if (computer === owner.token.split(':')[0])
    return !owner.isRunning(Number(pid))
  return State !== 'running' && nowMs - Created * 1000 > FOREIGN_MS
}
