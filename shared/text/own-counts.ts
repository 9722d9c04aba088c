import type { Snapshot } from '../model/snapshot'
import type { ThisComputerFact } from '../model/this-computer'
import { formatCount } from './format-count'

/** What this computer has of the things that differ inside and outside, as a value in words; null: it could not be read. */
export function ownCounts({ thisComputer }: Snapshot): Record<ThisComputerFact, string | null> | null {
  const count = (found: number | undefined | null): string | null => found == null ? null : formatCount(found)
  return thisComputer && {
    processes: count(thisComputer.processCount),
    hostname: thisComputer.hostname,
    rootNames: count(thisComputer.rootNames?.length),
    users: count(thisComputer.users?.length),
    interfaces: count(thisComputer.interfaces?.length),
  }
}
