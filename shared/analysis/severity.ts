import { SEVERITIES, type Severity } from './rule'

/** The worse of the two. */
const worse = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b

/** The worst of them; `info` when there are none. */
export const worst = (severities: readonly Severity[]): Severity => severities.reduce(worse, 'info')

/** The milder of the two. */
export const milder = (a: Severity, b: Severity): Severity => (worse(a, b) === a ? b : a)

/** One level down; `low` is the floor, because a fact that fails is never only information. */
export function oneLower(severity: Severity): Severity {
  const lower = SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity
  return severity === 'info' ? severity : worse(lower, 'low')
}
