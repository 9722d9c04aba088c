import type { Finding } from '../../../shared/analysis/analyse'
import type { Outcome, Severity } from '../../../shared/analysis/rule'

export interface FindingGroup {
  status: Outcome['status']
  title: string
  meaning: string
  findings: Finding[]
}

const GROUPS: readonly Omit<FindingGroup, 'findings'>[] = [
  { status: 'fail', title: 'Found', meaning: 'What makes the wall thinner, the worst first.' },
  { status: 'unknown', title: 'Could not be decided', meaning: 'A fact is missing. None of these counts as good.' },
  { status: 'pass', title: 'Looked for and not found', meaning: 'Each was checked against the facts beside it.' },
  { status: 'not-applicable', title: 'Not counted by themselves', meaning: 'They follow from something that is counted already.' },
]

/** The findings of one severity, or of all, by what was decided. Groups without any are left out. */
export const groupFindings = (findings: readonly Finding[], severity: Severity | 'all'): FindingGroup[] =>
  GROUPS
    .map(group => ({
      ...group,
      findings: findings.filter(finding => finding.outcome.status === group.status && (severity === 'all' || finding.severity === severity)),
    }))
    .filter(group => group.findings.length > 0)
