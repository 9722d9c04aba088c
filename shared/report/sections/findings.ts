import type { Finding } from '../../analysis/analyse'
import type { Outcome } from '../../analysis/rule'
import type { Verdict } from '../../analysis/verdict'
import type { Block, Section } from '../document'

/** What failed, in full; what could not be decided; what was not found; what a larger finding already says. */
export function findingSection(findings: readonly Finding[], { coverage }: Verdict): Section {
  const withStatus = (status: Outcome['status']): Finding[] => findings.filter(({ outcome }) => outcome.status === status)
  const failed = withStatus('fail')
  const counts = `${failed.length} found, ${withStatus('pass').length} looked for and not found, ${withStatus('unknown').length} not decided, ${withStatus('not-applicable').length} not counted by themselves.`
  return {
    title: 'Findings',
    blocks: [
      { kind: 'text', text: `${coverage.sentence}: ${counts} Evidence says who it is from: “Kernel” is in force now, “Engine” is what was declared.` },
      ...failed.length > 0 ? [] : [{ kind: 'text', text: 'No rule found anything.' } satisfies Block],
      ...failed.map((finding): Block => ({ kind: 'finding', finding })),
      ...tableOf('Could not be decided', withStatus('unknown'), true),
      ...tableOf('Looked for and not found', withStatus('pass'), false),
      ...tableOf('Not counted by themselves', withStatus('not-applicable'), true),
    ],
  }
}

function tableOf(caption: string, findings: readonly Finding[], hasReason: boolean): Block[] {
  if (findings.length === 0)
    return []
  return [{
    kind: 'table',
    caption,
    columns: [{ head: 'Rule', width: 27 }, ...hasReason ? [{ head: 'Because', width: 28 }] : [], { head: 'Evidence' }],
    rows: findings.map(({ rule, outcome }) => [rule.title, ...'because' in outcome ? [outcome.because] : [], outcome.evidence.join('. ')]),
  }]
}
