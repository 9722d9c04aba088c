import { analyse } from '../../../shared/analysis/analyse'
import { verdictOf } from '../../../shared/analysis/verdict'
import type { Snapshot } from '../../../shared/model/snapshot'

/** Everything that a reader would take for a judgement, by its name. */
export function judgements(snapshot: Snapshot): Map<string, string> {
  const findings = analyse(snapshot)
  return new Map([
    ...snapshot.namespaces.map(({ type, verdict }): [string, string] => [`namespace ${type}`, verdict]),
    ...findings.map(({ rule, outcome }): [string, string] => [`finding ${rule.id}`, outcome.status]),
    ['verdict', verdictOf(snapshot, findings).level],
  ])
}

/** Judgements that the loss turned into others, instead of leaving them as they were or unknown. */
export const turned = (whole: ReadonlyMap<string, string>, less: ReadonlyMap<string, string>): string[] =>
  [...less].filter(([name, value]) => value !== whole.get(name) && value !== 'unknown' && value !== 'undecided')
    .map(([name, value]) => `${name} turned from ${whole.get(name)} to ${value}`)
