import type { RunPlan } from '../../shared/model/run-plan'
import type { Owner } from '../sources/helper/owner'

/** On every container and image that Isoscope made for a while: what for. */
export const TEMPORARY_LABEL = 'io.isoscope.temporary'
/** Beside it: whose it is (sources/helper/owner.ts). */
export const TEMPORARY_OWNER_LABEL = 'io.isoscope.temporary.owner'

/** What Isoscope makes for a while, and removes when it is no longer used, at its end, or at its next start. */
export type TemporaryPurpose = 'lab' | 'toolbox'

/** For `docker run --label` and `docker build --label`. */
export const temporaryLabels = (purpose: TemporaryPurpose, owner: Owner): RunPlan['labels'] => [
  { name: TEMPORARY_LABEL, value: purpose },
  { name: TEMPORARY_OWNER_LABEL, value: owner.token },
]
