import { analyse, type Finding } from '../analysis/analyse'
import { noNewPrivilegesOff } from '../analysis/rules/no-new-privileges-off'
import { runsAsRoot } from '../analysis/rules/runs-as-root'
import { secretsInEnvironment } from '../analysis/rules/secrets-in-environment'
import { sharedMountPropagation } from '../analysis/rules/shared-mount-propagation'
import { sandboxOf } from '../analysis/sandbox'
import { type Verdict, verdictOf } from '../analysis/verdict'
import type { RunPlan } from '../model/run-plan'
import { type PredictedNamespace, predictNamespaces } from './predict-namespaces'
import { type PredictionContext, predictedSnapshot } from './predicted-snapshot'

/** How a container will be isolated, as far as it follows from what is asked for and from what the engine says of itself. */
export interface PredictedIsolation {
  /** All eight, in the order of the boundary strip. */
  namespaces: PredictedNamespace[]
  /** Every rule's answer, in the order of `analyse`; the evidence holds what will be declared, and nothing of a kernel that nobody asked. */
  findings: Finding[]
  verdict: Verdict
}

/** Rules that are answered by what the image says where the plan says nothing; a secret in the plan is one all the same. */
const isOfTheImage = (ruleId: string, { user }: RunPlan): boolean =>
  ruleId === secretsInEnvironment.id || (ruleId === runsAsRoot.id && user === '')

/** In place of the rules' own words, which are about a container that is there. */
const BECAUSE: Readonly<Record<string, string>> = {
  [noNewPrivilegesOff.id]: 'The engine does not tell whether it is its default.',
  [sharedMountPropagation.id]: 'A volume’s mount spreads as that of the engine’s own folder does, which the engine does not tell.',
}
const isOfTheEngine = (ruleId: string): boolean => Object.hasOwn(BECAUSE, ruleId)

/** The same rules as for a container that is there, asked of one that is not. What only a running container shows is unknown. */
export function predictIsolation(plan: RunPlan, context: PredictionContext): PredictedIsolation {
  const snapshot = predictedSnapshot(plan, context)
  const findings = analyse(snapshot).map(({ outcome, ...finding }): Finding => {
    const evidence = outcome.evidence.filter(line => /^(?:Engine|Severity):/.test(line))
    if (outcome.status === 'unknown' && isOfTheEngine(finding.rule.id) && sandboxOf(snapshot.container, context.engine) === null)
      return { ...finding, outcome: { status: 'unknown', because: BECAUSE[finding.rule.id] ?? outcome.because, evidence } }
    return context.image === null && isOfTheImage(finding.rule.id, plan) && !(finding.rule.id === secretsInEnvironment.id && outcome.status === 'fail')
      ? { ...finding, outcome: { status: 'unknown', because: 'The engine does not have the image, so what it says of itself is not known.', evidence: [] } }
      : { ...finding, outcome: { ...outcome, evidence } }
  })
  return { namespaces: predictNamespaces(plan, context), findings, verdict: verdictOf(snapshot, findings) }
}
