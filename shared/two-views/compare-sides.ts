import type { OutputLine, ViewCommandId, ViewSide } from '../model/two-views'
import { type LineFact, lineFacts } from './line-facts'
import { psRows } from './ps-rows'

/** `same`: it is on both sides. `differs`: on both, with something else said of it. `only`: on this side alone. */
export type LineMark = 'same' | 'differs' | 'only'

export interface MarkedLine extends OutputLine {
  /** Null: there is nothing to compare, or nothing is known of the other side. */
  readonly mark: LineMark | null
  /** What is to be known of this line. */
  readonly note: string | null
}

export interface MarkedSide {
  readonly lines: readonly MarkedLine[]
  /** How many of what the command counts; null: it counts nothing, or nothing was seen. */
  readonly count: number | null
  /** There are more: the output was cut. */
  readonly isAtLeast: boolean
  /** How many of them are the very command that was asked for. */
  readonly ownCount: number
}

/** One process of the container, by both of its numbers. */
export interface PidPair { readonly inside: number | null, readonly host: number | null }

/** What both sides said, with what is the same marked. `pairs` are the container's processes, as far as they are known. */
export function compareSides(id: ViewCommandId, argv: readonly string[], inside: ViewSide, outside: ViewSide, pairs: readonly PidPair[]): { inside: MarkedSide, outside: MarkedSide } {
  return id === 'ps' ? comparePs(argv, inside, outside, pairs) : compareFacts(id, inside, outside)
}

/** As it came: for what stands on one side alone. */
export const unmarked = (lines: readonly OutputLine[]): MarkedLine[] => lines.map(line => ({ ...line, mark: null, note: null }))

function compareFacts(id: ViewCommandId, inside: ViewSide, outside: ViewSide): { inside: MarkedSide, outside: MarkedSide } {
  const facts = { inside: lineFacts(id, inside.lines), outside: lineFacts(id, outside.lines) }
  return {
    inside: markFacts(inside, facts.inside, facts.outside, outside),
    outside: markFacts(outside, facts.outside, facts.inside, inside),
  }
}

function markFacts(side: ViewSide, facts: readonly (LineFact | null)[], others: readonly (LineFact | null)[], other: ViewSide): MarkedSide {
  const byKey = new Map(others.flatMap(fact => fact === null ? [] : [[fact.key, fact]]))
  const isKnown = byKey.size > 0
  // Of an output that was cut, what is not in it may be there all the same.
  const isOtherWhole = other.endedAt === null
  function markOf(fact: LineFact | null): LineMark | null {
    if (fact === null || !isKnown)
      return null
    const found = byKey.get(fact.key)
    if (found === undefined)
      return isOtherWhole ? 'only' : null
    return found.value === fact.value ? 'same' : 'differs'
  }
  const count = facts.filter(fact => fact?.isCounted).length
  return {
    lines: side.lines.map((line, index) => ({ ...line, mark: markOf(facts[index] ?? null), note: null })),
    count: count === 0 ? null : count,
    isAtLeast: side.endedAt !== null,
    ownCount: 0,
  }
}

/** A process is the same on both sides when the kernel says so; its number, its user's name and its times may be written otherwise. */
function comparePs(argv: readonly string[], inside: ViewSide, outside: ViewSide, pairs: readonly PidPair[]): { inside: MarkedSide, outside: MarkedSide } {
  const asked = argv.join(' ')
  const hostPids = new Map(pairs.flatMap(pair => pair.inside === null || pair.host === null ? [] : [[pair.inside, pair.host]]))
  const pidsInside = new Map(pairs.flatMap(({ inside: pid, host }) => host === null ? [] : [[host, pid]]))
  const rows = { inside: psRows(inside.lines), outside: psRows(outside.lines) }
  const listed = new Set(rows.outside.map(({ pid }) => pid))
  const askedInside = rows.inside.filter(({ command }) => command === asked)

  const markedInside = new Map<number, Pick<MarkedLine, 'mark' | 'note'>>()
  for (const { index, pid, command } of rows.inside) {
    // It is the exec's own process where no other one looks like it.
    const host = hostPids.get(pid) ?? (command === asked && askedInside.length === 1 ? inside.pid ?? undefined : undefined)
    const note = command === asked ? (askedInside.length === 1 ? 'this ps itself' : 'such a ps') : host === undefined ? null : `PID ${host} outside`
    // One that is not in the other list came or went between the two: it is on both sides all the same.
    markedInside.set(index, { mark: host !== undefined && listed.has(host) ? 'same' : null, note })
  }
  const markedOutside = new Map<number, Pick<MarkedLine, 'mark' | 'note'>>()
  for (const { index, pid } of rows.outside) {
    const pidInside = pidsInside.get(pid)
    if (pid === outside.pid)
      markedOutside.set(index, { mark: pairs.length > 0 ? 'only' : null, note: 'this ps itself' })
    else if (pid === inside.pid)
      markedOutside.set(index, { mark: 'same', note: 'the ps inside' })
    else if (pidInside !== undefined)
      markedOutside.set(index, { mark: 'same', note: pidInside === null ? 'in the container' : `PID ${pidInside} inside` })
    else
      markedOutside.set(index, { mark: pairs.length > 0 ? 'only' : null, note: null })
  }
  const side = ({ lines, endedAt }: ViewSide, marks: ReadonlyMap<number, Pick<MarkedLine, 'mark' | 'note'>>, ownCount: number): MarkedSide => ({
    lines: lines.map((line, index) => ({ ...line, ...marks.get(index) ?? { mark: null, note: null } })),
    count: marks.size === 0 ? null : marks.size,
    isAtLeast: endedAt !== null,
    ownCount,
  })
  return {
    inside: side(inside, markedInside, askedInside.length),
    outside: side(outside, markedOutside, rows.outside.filter(({ pid }) => pid === outside.pid).length),
  }
}
