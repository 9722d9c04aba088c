import type { Snapshot } from '../model/snapshot'
import { type Outcome, type Rule, SEVERITIES, type Severity } from './rule'
import { rules } from './rules/index'

/** One rule's answer for one snapshot. Computed where needed, never stored, so an old snapshot gains new rules. */
export interface Finding {
  rule: Rule
  outcome: Outcome
  /** The severity that counts: the outcome's own when it gave one. */
  severity: Severity
}

const STATUSES: readonly Outcome['status'][] = ['fail', 'unknown', 'pass', 'not-applicable']

/** Every rule's answer: what failed first, by severity, then what is unknown, then what passed. */
export function analyse(snapshot: Snapshot): Finding[] {
  return rules
    .map((rule): Finding => {
      const outcome = rule.check(snapshot)
      return { rule, outcome, severity: outcome.status === 'fail' && outcome.severity ? outcome.severity : rule.severity }
    })
    .sort((a, b) =>
      STATUSES.indexOf(a.outcome.status) - STATUSES.indexOf(b.outcome.status)
      || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}
