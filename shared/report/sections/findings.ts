import type { Finding } from '../../analysis/analyse'
import type { Outcome } from '../../analysis/rule'
import type { Verdict } from '../../analysis/verdict'
import type { Block, Section } from '../document'
import type { Notes } from '../notes'

/** What failed, in full; what could not be decided, by its reason; what was not found; what a larger finding already says. */
export function findingSection(findings: readonly Finding[], { coverage }: Verdict, { refer }: Notes): Section {
  const withStatus = (status: Outcome['status']): Finding[] => findings.filter(({ outcome }) => outcome.status === status)
  const failed = withStatus('fail')
  const counts = `${failed.length} found, ${withStatus('pass').length} looked for and not found, ${withStatus('unknown').length} not decided, ${withStatus('not-applicable').length} not counted by themselves.`
  return {
    title: 'Findings',
    blocks: [
      { kind: 'text', text: `${coverage.sentence}: ${counts} Evidence says who it is from: “Kernel” is in force now, “Engine’s ps” is what the engine reports of that, “Engine” is what was declared.` },
      ...failed.length > 0 ? [] : [{ kind: 'text', text: 'No rule found anything.' } satisfies Block],
      ...failed.map((finding): Block => ({ kind: 'finding', finding })),
      ...tablesByReason('Could not be decided', withStatus('unknown'), refer),
      ...tableOf('Looked for and not found', withStatus('pass')),
      ...tablesByReason('Not counted by themselves', withStatus('not-applicable'), refer),
    ],
  }
}

/** One table for each reason, so that it is stated once. */
function tablesByReason(caption: string, findings: readonly Finding[], refer: Notes['refer']): Block[] {
  const because = ({ outcome }: Finding): string => ('because' in outcome ? refer(outcome.because) : '')
  return [...new Set(findings.map(because))].flatMap(reason => tableOf(`${caption}: ${reason}`, findings.filter(finding => because(finding) === reason)))
}

function tableOf(caption: string, findings: readonly Finding[]): Block[] {
  if (findings.length === 0)
    return []
  return [{
    kind: 'table',
    caption,
    columns: [{ head: 'Rule', width: 40 }, { head: 'Evidence' }],
    rows: findings.map(({ rule, outcome }) => [rule.title, outcome.evidence.join('. ')]),
  }]
}
