import { type ComparedFact, type ComparedTopic, withoutSame } from '../../shared/compare/compare-snapshots'
import { outcomeSum } from '../../shared/compare/outcome-sum'
import type { Snapshot } from '../../shared/model/snapshot'
import { countOf } from '../../shared/text/count-of'
import { formatTime } from '../../shared/text/format-time'
import { visibleText } from '../../shared/text/visible-text'
import type { Paint } from './colours'
import { pad, shorten, wrap } from './fit'

/** Terminals are at least this wide. */
const WIDTH = 80
const INDENT = 2
const LABEL = 32
const SIDE = (WIDTH - INDENT - LABEL) / 2
/** Of a list; the rest is counted, and is in the JSON. */
const MOST_LINES = 12

interface Compared {
  a: Snapshot
  b: Snapshot
  topics: readonly ComparedTopic[]
}

interface DiffOutput {
  /** Also what is the same, and what each container has of its own. */
  isAll: boolean
  paint: Paint
}

/** Topic by topic what differs: one thing as two columns, several things as lines that begin with `-` (only A has it) and `+` (only B). */
export function diffLines({ a, b, topics }: Compared, { isAll, paint }: DiffOutput): string[] {
  return [
    sideLine('A', a, paint),
    sideLine('B', b, paint),
    '',
    ...(isAll ? topics : withoutSame(topics)).flatMap(topic => topicLines(topic, paint)),
    ...wrap(outcomeSum(topics), WIDTH),
  ]
}

/** The name has what the rest leaves of the line. */
function sideLine(side: string, { container, takenAt }: Snapshot, paint: Paint): string {
  const rest = `${container.id.slice(0, 12)} · ${shorten(visibleText(formatTime(takenAt)), 23)}`
  return `${paint('bold', side)}  ${shorten(visibleText(container.name), WIDTH - 6 - [...rest].length)} · ${rest}`
}

const topicLines = ({ title, facts }: ComparedTopic, paint: Paint): string[] =>
  [paint('bold', title.toUpperCase()), ...facts.flatMap(fact => factLines(fact, paint)), '']

function factLines(fact: ComparedFact, paint: Paint): string[] {
  const { what, a, b } = fact
  switch (fact.outcome) {
    case 'same': return row(what, isList(a) ? `the same: ${cell(a)}` : cell(a), '')
    case 'unknown': return [...row(what, cell(a), cell(b)), ...reasonLines(fact).map(line => paint('dim', line))]
    case 'own': return [...row(what, cell(a), cell(b)), paint('dim', `${NOTE}each container is given another`)]
    case 'different': return fits(a) && fits(b) ? row(what, cell(a), cell(b)) : listRows(fact)
  }
}

const NOTE = ' '.repeat(2 * INDENT)

/** What stands before the columns may be longer than its own: then it has lines of its own. */
function row(what: string, a: string, b: string): string[] {
  const columns = `${pad(a, SIDE)}${b}`
  const isShort = [...what].length < LABEL
  return isShort
    ? [`${' '.repeat(INDENT)}${pad(what, LABEL)}${columns}`.trimEnd()]
    : [...labelLines(what), `${' '.repeat(INDENT + LABEL)}${columns}`.trimEnd()]
}

const labelLines = (what: string): string[] => wrap(what, WIDTH - INDENT).map(line => ' '.repeat(INDENT) + line)

function reasonLines({ whyNotA, whyNotB }: ComparedFact): string[] {
  const reasons = whyNotA === whyNotB ? [`A and B: ${whyNotA}`] : [...whyNotA === null ? [] : [`A: ${whyNotA}`], ...whyNotB === null ? [] : [`B: ${whyNotB}`]]
  return reasons.flatMap(reason => wrap(visibleText(reason), WIDTH - NOTE.length)).map(line => NOTE + line)
}

const listRows = ({ what, onlyA, onlyB }: ComparedFact): string[] =>
  [...labelLines(what), ...onlyLines('-', onlyA), ...onlyLines('+', onlyB)]

const isList = (answer: ComparedFact['a']): boolean => answer !== null && typeof answer !== 'string'

const fits = (answer: ComparedFact['a']): boolean => typeof answer === 'string' && [...visibleText(answer)].length < SIDE

function cell(answer: ComparedFact['a']): string {
  if (answer === null)
    return 'unknown'
  return shorten(typeof answer === 'string' ? visibleText(answer) : countOf(answer.length, 'entry', 'entries'), SIDE - 1)
}

function onlyLines(sign: '-' | '+', items: readonly string[]): string[] {
  const shown = items.slice(0, MOST_LINES).map(item => `${NOTE}${sign} ${shorten(visibleText(item), WIDTH - NOTE.length - 2)}`)
  return items.length > MOST_LINES ? [...shown, `${NOTE}${sign} ${countOf(items.length - MOST_LINES, 'more', 'more')}, in --json`] : shown
}
