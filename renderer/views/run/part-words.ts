import type { RunPlan } from '../../../shared/model/run-plan'
import { PLAN_FIELDS } from '../../../shared/run/plan-fields'

/** What a folded part asks for, in the words of the line; `otherwise` where it asks for nothing. */
const words = (parts: readonly (string | false)[], otherwise: string): string => parts.filter(part => part !== false && part !== '').join(', ') || otherwise

export const limitWords = (plan: RunPlan): string => words([
  plan.limits.nanoCpus !== null && `${PLAN_FIELDS.cpus.text(plan)} CPUs`,
  plan.limits.memoryBytes !== null && `${PLAN_FIELDS.memory.text(plan)} memory`,
  plan.limits.pids !== null && (plan.limits.pids === -1 ? 'any number of processes' : `${plan.limits.pids} processes`),
], 'none: all that the machine has')

export const namespaceWords = ({ modes: { pid, ipc, uts, user, cgroup } }: RunPlan): string =>
  words(Object.entries({ pid, ipc, uts, user, cgroup }).map(([type, mode]) => mode !== '' && `${type} ${mode}`), 'as the engine does')

export const rightWords = (plan: RunPlan): string => words([
  plan.isPrivileged && 'privileged',
  plan.capabilitiesDropped.length > 0 && `without ${plan.capabilitiesDropped.join(' ')}`,
  plan.capabilitiesAdded.length > 0 && `with ${plan.capabilitiesAdded.join(' ')}`,
  ...plan.securityOptions,
], 'as the engine does')

export const endWords = ({ isRemovedAtEnd, restart }: RunPlan): string =>
  words([isRemovedAtEnd && 'removed', restart.policy !== 'no' && `restart ${restart.policy}${restart.maximumRetries > 0 ? `, ${restart.maximumRetries} times at most` : ''}`], 'stays ended, and is kept')
