import type { Finding } from '../../shared/analysis/analyse'
import { countOf } from '../../shared/text/count-of'
import { visibleText } from '../../shared/text/visible-text'
import type { Paint } from './colours'
import { pad, wrap } from './fit'

const MOST = 5
const INDENT = 10

/** What failed, worst first, with the first line of its evidence; then how many rules could say nothing, and how many passed. */
export function findingLines(findings: readonly Finding[], paint: Paint, width: number): string[] {
  const failed = findings.filter(({ outcome }) => outcome.status === 'fail')
  const shown = failed.slice(0, MOST)
  const omitted = failed.length - shown.length
  return [
    headline(findings),
    ...shown.flatMap(finding => oneFinding(finding, paint, width)),
    ...omitted > 0 ? [`${omitted} more stand in "isoscope report".`] : [],
  ]
}

function headline(findings: readonly Finding[]): string {
  const count = (status: Finding['outcome']['status']): number => findings.filter(({ outcome }) => outcome.status === status).length
  return `${countOf(count('fail'), 'finding')}, ${count('unknown')} unknown, ${count('pass')} passed`
}

function oneFinding({ rule, severity, outcome }: Finding, paint: Paint, width: number): string[] {
  const evidence = outcome.status === 'fail' ? outcome.evidence.slice(0, 1) : []
  const label = pad(severity, INDENT)
  const [first = '', ...others] = wrap(visibleText(rule.title), width - INDENT)
  return [
    `${severity === 'critical' || severity === 'high' ? paint('bad', label) : label}${first}`,
    ...[...others, ...evidence.flatMap(line => wrap(visibleText(line), width - INDENT))].map(line => ' '.repeat(INDENT) + line),
  ]
}
