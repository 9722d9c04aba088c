import type { Snapshot } from '../model/snapshot'
import { MASK } from '../report/redaction/mask-text'
import { nameList } from '../text/name-list'
import type { Answer, Question } from './question'
import { TOPICS } from './topics/index'

/**
 * `unknown`: one of them does not know, so nothing is said about the other's. `own`: the engine gives each container another one
 * (an address), so that it tells two containers apart and nothing else.
 */
export type ComparedOutcome = 'same' | 'different' | 'unknown' | 'own'

export interface ComparedFact {
  readonly fact: string
  readonly what: string
  readonly outcome: ComparedOutcome
  readonly a: Answer
  readonly b: Answer
  /** What the other has not, each as often as the other lacks it; empty where something is unknown. */
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
  /** Why it is unknown, as far as it is this one's doing; null: it is not. */
  readonly whyNotA: string | null
  readonly whyNotB: string | null
}

export interface ComparedTopic {
  readonly title: string
  readonly facts: readonly ComparedFact[]
}

/** Two containers, or one at two times: what is asked of both, and whether they answer the same. */
export const compareSnapshots = (a: Snapshot, b: Snapshot): ComparedTopic[] =>
  TOPICS.map(({ title, questions }) => ({ title, facts: questions.map(question => compareOne(question, a, b)) }))

/** What a reader looks for first: without what is the same, and what each container is given anew. */
export const withoutSame = (topics: readonly ComparedTopic[]): ComparedTopic[] => topics
  .map(topic => ({ ...topic, facts: topic.facts.filter(({ outcome }) => outcome === 'different' || outcome === 'unknown') }))
  .filter(({ facts }) => facts.length > 0)

export const countOutcomes = (topics: readonly ComparedTopic[], outcome: ComparedOutcome): number =>
  topics.reduce((sum, { facts }) => sum + facts.filter(fact => fact.outcome === outcome).length, 0)

/** Null for both: the answers can be held against each other. */
type WhyNot = Pick<ComparedFact, 'whyNotA' | 'whyNotB'>

interface Side {
  readonly answer: Answer
  readonly whyNot: string | null
}

function compareOne(question: Question, snapshotA: Snapshot, snapshotB: Snapshot): ComparedFact {
  const [a, b] = [sideOf(question, snapshotA), sideOf(question, snapshotB)]
  const [onlyA, onlyB] = [lacking(a.answer, b.answer), lacking(b.answer, a.answer)]
  const isSame = onlyA.length + onlyB.length === 0
  const compared = { fact: question.fact, what: question.what, a: a.answer, b: b.answer }
  const why = [
    { whyNotA: a.whyNot, whyNotB: b.whyNot },
    whyOfTwoKinds(question, snapshotA, snapshotB),
    ...isSame ? [] : [whyJudgedApart(question, snapshotA, snapshotB)],
  ].find(({ whyNotA, whyNotB }) => whyNotA !== null || whyNotB !== null)
  if (why)
    return { ...compared, outcome: 'unknown', onlyA: [], onlyB: [], ...why }
  const isOwn = snapshotA.container.id !== snapshotB.container.id && [snapshotA, snapshotB].every(snapshot => question.isOwn?.(snapshot))
  return { ...compared, outcome: isSame ? 'same' : isOwn ? 'own' : 'different', onlyA, onlyB, whyNotA: null, whyNotB: null }
}

/** What was masked before it was saved may be anything. */
function sideOf({ ask, whyNot }: Question, snapshot: Snapshot): Side {
  const answer = ask(snapshot)
  if (answer === null)
    return { answer, whyNot: whyNot(snapshot).replace(/\.$/, '') }
  return itemsOf(answer).some(item => item.includes(MASK))
    ? { answer: null, whyNot: 'it was masked when the snapshot was saved' }
    : { answer, whyNot: null }
}

function whyOfTwoKinds({ kind }: Question, snapshotA: Snapshot, snapshotB: Snapshot): WhyNot {
  const [a, b] = [kind?.(snapshotA) ?? null, kind?.(snapshotB) ?? null]
  return a === null || b === null || a === b ? COMPARABLE : { whyNotA: `it is ${a}`, whyNotB: `it is ${b}` }
}

function whyJudgedApart({ judgedWithout }: Question, snapshotA: Snapshot, snapshotB: Snapshot): WhyNot {
  const [a, b] = [judgedWithout?.(snapshotA) ?? [], judgedWithout?.(snapshotB) ?? []]
  const because = (missing: readonly string[]): string | null => missing.length === 0 ? null : `it was judged without knowing: ${nameList(missing)}`
  return a.join('\n') === b.join('\n') ? COMPARABLE : { whyNotA: because(a), whyNotB: because(b) }
}

const COMPARABLE: WhyNot = { whyNotA: null, whyNotB: null }

/** What `own` has and `other` has not, counted: of three against one, two. */
function lacking(own: Answer, other: Answer): string[] {
  const left = new Map<string, number>()
  for (const item of itemsOf(other))
    left.set(item, (left.get(item) ?? 0) + 1)
  return itemsOf(own).filter((item) => {
    const count = left.get(item) ?? 0
    left.set(item, count - 1)
    return count <= 0
  })
}

const itemsOf = (answer: Answer): readonly string[] => answer === null ? [] : typeof answer === 'string' ? [answer] : answer
