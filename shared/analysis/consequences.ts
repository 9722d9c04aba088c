import type { Snapshot } from '../model/snapshot'
import type { Outcome } from './rule'

/**
 * `--privileged` alone lifts capabilities, seccomp, AppArmor and SELinux, masks and device rules. What fails because of it is
 * shown with its evidence, but counted once, under its cause. Other outcomes stay as they are.
 */
export function underPrivileged(snapshot: Snapshot, outcome: Outcome): Outcome {
  if (!snapshot.container.isPrivileged || outcome.status !== 'fail')
    return outcome
  return {
    status: 'not-applicable',
    because: 'A consequence of privileged mode, which is reported as a finding of its own.',
    evidence: outcome.evidence,
  }
}
