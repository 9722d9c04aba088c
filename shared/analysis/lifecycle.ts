import type { FactName } from '../model/evidence'
import type { Snapshot } from '../model/snapshot'

/**
 * No process runs, so the kernel holds nothing of this container: what was declared is all there is. A state that is not
 * known is not stopped.
 */
export const isStopped = ({ container }: Snapshot): boolean =>
  container.state === 'created' || container.state === 'exited' || container.state === 'dead'

/** A process of the container exists; only then does the engine publish ports. */
export const isUp = ({ container }: Snapshot): boolean =>
  container.state === 'running' || container.state === 'paused'

/** Why the kernel's view of a fact is missing, in words for a finding. */
export function missingBecause(snapshot: Snapshot, fact: FactName): string {
  if (isStopped(snapshot))
    return 'The container is not running, so the kernel enforces nothing on it now.'
  return snapshot.evidence[fact].unknownBecause ?? 'It was not among the facts that could be read.'
}
