import { OWNER_LABEL } from '../action-gate'
import type { RawHelper } from '../docker'
import { holderOf, type Owner } from '../owner'

/** What another computer left behind is given as long to start, whatever its clock says. */
const FOREIGN_MS = 10 * 60_000

/**
 * A helper container that no Isoscope holds. It ends and goes away with its client, so this is one that was created but not started when
 * its client was killed, or one that outlived a restart of the engine. One of another computer is left alone while it runs.
 */
export function isLeftover({ State, Created, Labels }: RawHelper, owner: Owner, nowMs: number): boolean {
  const holder = holderOf(Labels[OWNER_LABEL], owner)
  return holder === 'elsewhere' ? State !== 'running' && nowMs - Created * 1000 > FOREIGN_MS : holder === 'ended'
}
