import type { Entry, Outcome } from './ledger'

const text = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

/** What two lists or objects do not have in common, so that a long one is readable. */
function apart(seen: unknown, expected: unknown): [string, string] {
  if (!Array.isArray(seen) || !Array.isArray(expected))
    return [text(seen), text(expected)]
  const [ours, theirs] = [seen.map(text), expected.map(text)]
  const only = (own: readonly string[], others: readonly string[]): string => {
    const rest = own.filter(item => !others.includes(item))
    return `${own.length} in all; only here: ${rest.length === 0 ? 'none' : rest.slice(0, 20).join(' ')}`
  }
  return [only(ours, theirs), only(theirs, ours)]
}

export const countOf = (entries: readonly Entry[], outcome: Outcome): number => entries.filter(entry => entry.outcome === outcome).length

/** One difference: the fact, both values, and how a person asks the oracle. */
function differenceLines({ container, fact, seen, expected, command, because }: Entry): string[] {
  const [ours, theirs] = apart(seen, expected)
  return [`DIFFERENT ${container}: ${fact}`, `  isoscope: ${seen === null ? `unknown: ${because}` : ours}`, `  oracle:   ${theirs}`, `  ask:      ${command}`]
}

/** A reason that names the container and its PID is the same one as that of another container. */
const withoutNames = (reason: string, container: string): string =>
  reason.split(' ').map(word => word.includes(container) ? '…' : word).join(' ').replaceAll(/\b(PID|process|\/proc\/)(\s?)\d+/g, '$1$2…')

/** What is unknown or was not compared, with how many containers have the same reason. */
function reasonLines(entries: readonly Entry[], outcome: 'unknown' | 'not-compared'): string[] {
  const counts = new Map<string, number>()
  for (const { container, fact, because } of entries.filter(entry => entry.outcome === outcome)) {
    const reason = `${fact}: ${because === null ? '' : withoutNames(because.split('\n')[0] ?? '', container).slice(0, 250)}`
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts].map(([reason, count]) => `  ${String(count).padStart(4)} × ${reason}`).sort()
}

/** The whole of one verification. */
export function summaryLines(entries: readonly Entry[]): string[] {
  const unknown = reasonLines(entries, 'unknown')
  const notCompared = reasonLines(entries, 'not-compared')
  return [
    ...entries.filter(({ outcome }) => outcome === 'different').flatMap(differenceLines),
    ...unknown.length > 0 ? ['Unknown to Isoscope here, and said to be:', ...unknown] : [],
    ...notCompared.length > 0 ? ['Not compared, as the oracle could not be asked:', ...notCompared] : [],
    `${new Set(entries.map(({ container }) => container)).size} containers: ${countOf(entries, 'same')} facts are the same, ${countOf(entries, 'different')} are different, ${countOf(entries, 'unknown')} are unknown, ${countOf(entries, 'not-compared')} were not compared`,
  ]
}
