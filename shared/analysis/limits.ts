import type { Limit } from '../model/cgroup'
import type { Snapshot } from '../model/snapshot'
import { isStopped, missingBecause } from './lifecycle'
import type { Outcome } from './rule'

interface LimitFacts {
  /** What the kernel enforces. */
  inForce: Limit
  declared: number | null
  /** The kernel's file and the engine's option, for the evidence. */
  file: string
  option: string
  format: (value: number) => string
}

/** Fails without a limit. While the container is stopped the declared limit is the whole truth; while it runs the kernel's is, if it could be read. */
export function checkLimit(snapshot: Snapshot, { inForce, declared, file, option, format }: LimitFacts): Outcome {
  const declaredLine = `Engine: ${option} is ${declared === null ? 'not set' : format(declared)}`
  // What stands in its place then is what was declared.
  const isRead = snapshot.evidence.cgroup.source !== 'none'
  if (inForce !== null && !isRead && !isStopped(snapshot))
    return { status: inForce === 'unlimited' ? 'fail' : 'pass', evidence: [declaredLine, 'Kernel: what is in force could not be read'] }
  if (inForce === 'unlimited')
    return { status: 'fail', evidence: [`Kernel: ${file} sets no limit`, declaredLine] }
  if (inForce !== null)
    return { status: 'pass', evidence: [`Kernel: ${file} is ${format(inForce)}`, declaredLine] }
  if (!isStopped(snapshot))
    return { status: 'unknown', because: missingBecause(snapshot, 'cgroup'), evidence: [declaredLine] }
  return { status: declared === null ? 'fail' : 'pass', evidence: [declaredLine, 'Kernel: the container is not running'] }
}
