import type { RunPlan } from '../model/run-plan'

/** The plan as it may be shown: in place of a value whose name `hides`, a mark that it is left out. */
export const withHiddenValues = (plan: RunPlan, hides: (variableName: string) => boolean): RunPlan =>
  ({ ...plan, environment: plan.environment.map(({ name, value }) => ({ name, value: hides(name) ? '…' : value })) })
