import type { RunPlan } from '../../shared/model/run-plan'
import { TEMPORARY_IMAGE_LABEL, TEMPORARY_LABEL, TEMPORARY_OWNER_LABEL, type TemporaryPurpose } from '../../shared/model/temporary'
import type { Owner } from '../sources/owner'

type Labels = RunPlan['labels']

/** For `docker run --label`. */
export const temporaryLabels = (purpose: TemporaryPurpose, owner: Owner): Labels => withOwner(TEMPORARY_LABEL, purpose, owner)

/** For the `LABEL` of a Dockerfile. */
export const temporaryImageLabels = (purpose: TemporaryPurpose, owner: Owner): Labels => withOwner(TEMPORARY_IMAGE_LABEL, purpose, owner)

const withOwner = (name: string, value: string, { token }: Owner): Labels =>
  [{ name, value }, { name: TEMPORARY_OWNER_LABEL, value: token }]
