import { LAB_VIEWS } from '../../../shared/lab/lab-commands'
import type { LabFacts } from '../../../shared/model/lab'
import { compareSides, type MarkedLine, unmarked } from '../../../shared/two-views/compare-sides'
import { psRows } from '../../../shared/two-views/ps-rows'

type SeenTwice = Extract<LabFacts, { step: keyof typeof LAB_VIEWS }>

/** A line's note about the same process on the other side: `outside` says that the number is the host's. */
type Note = (pid: number, where: 'inside' | 'outside') => string

/** The lines of both sides, with what is the same marked; `note` says a PID of the other side in the page's language. */
export function labLines(facts: SeenTwice, note: Note): { inside: readonly MarkedLine[], outside: readonly MarkedLine[] } {
  const { view: { argv, container, host } } = facts
  if (host === null)
    return { inside: unmarked(container.lines), outside: [] }
  const pairs = 'pairs' in facts ? facts.pairs : []
  const compared = compareSides(LAB_VIEWS[facts.step], argv, container, host, pairs)
  const hostPids = new Map(pairs.map(({ inside, host: pid }) => [inside, pid]))
  const insidePids = new Map(pairs.map(({ inside, host: pid }) => [pid, inside]))
  return {
    inside: noted(compared.inside.lines, hostPids, pid => note(pid, 'outside')),
    outside: noted(compared.outside.lines, insidePids, pid => note(pid, 'inside')),
  }
}

/** Where nothing is paired no line has a note. */
function noted(lines: readonly MarkedLine[], others: ReadonlyMap<number | null, number | null>, note: (pid: number) => string): MarkedLine[] {
  const pids = new Map(others.size === 0 ? [] : psRows(lines).map(({ index, pid }) => [index, pid]))
  return lines.map((line, index) => {
    const other = others.get(pids.get(index) ?? null) ?? null
    return { ...line, note: other === null ? null : note(other) }
  })
}
