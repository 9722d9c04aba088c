import type { Finding } from '../analysis/analyse'
import type { PredictedIsolation } from './predict-isolation'
import type { PredictedNamespace } from './predict-namespaces'

/** What is isolated otherwise once something is asked for otherwise, in the order of the boundary strip and of `analyse`; nothing of what stays. */
export interface ForetoldDifference {
  namespaces: { before: PredictedNamespace, after: PredictedNamespace }[]
  findings: { before: Finding, after: Finding }[]
}

export const foretoldDifference = (before: PredictedIsolation, after: PredictedIsolation): ForetoldDifference => ({
  namespaces: before.namespaces.flatMap((namespace) => {
    const then = after.namespaces.find(({ type }) => type === namespace.type)
    return then === undefined || (then.verdict === namespace.verdict && then.sharedWith?.id === namespace.sharedWith?.id) ? [] : [{ before: namespace, after: then }]
  }),
  findings: findingDifferences(before.findings, after.findings),
})

/** Findings that are answered otherwise: they fail now or no longer, weigh more or less, or it is known now or no longer. */
export function findingDifferences(before: readonly Finding[], after: readonly Finding[]): ForetoldDifference['findings'] {
  const byRule = new Map(before.map(finding => [finding.rule.id, finding]))
  return after.flatMap((then) => {
    const finding = byRule.get(then.rule.id)
    return finding === undefined || answer(finding) === answer(then) ? [] : [{ before: finding, after: then }]
  })
}

/** A rule weighs something where it fails alone; whether it passed or does not matter here is all one. */
const answer = ({ outcome, severity }: Finding): string =>
  outcome.status === 'fail' ? `fail ${severity}` : outcome.status === 'unknown' ? 'unknown' : 'none'
