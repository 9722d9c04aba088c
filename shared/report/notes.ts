import { type Evidence, FactName } from '../model/evidence'
import type { Snapshot } from '../model/snapshot'
import { ThisComputerFact } from '../model/this-computer'
import { FACT_WORDS, OWN_FACT_WORDS } from './fact-words'

/** A reason for which facts are unknown. Its number is its place in the list, from 1 on. */
export interface Note {
  reason: string
  /** What it holds for, each with the command that would show it. */
  facts: { what: string, command: string }[]
}

export interface Notes {
  list: readonly Note[]
  /** The text with `note 2` for each reason in it: a reason is stated once, however many facts it holds for. */
  refer: (text: string) => string
}

/** Why facts of this snapshot are unknown, in the order in which a report comes to them. */
export function notesOf(snapshot: Snapshot): Notes {
  const unknown = factsOf(snapshot).flatMap(([what, { unknownBecause, command }]) => (unknownBecause === null ? [] : [{ what, because: unknownBecause, command }]))
  // A reason that holds another one says something more about one fact: `…; the limits are those declared`.
  const reasons = [...new Set(unknown.map(({ because }) => because))].filter(reason => !unknown.some(({ because }) => because !== reason && reason.includes(because)))
  const list = reasons.map((reason): Note => ({ reason, facts: [] }))
  for (const { what, because, command } of unknown) {
    const note = list.find(({ reason }) => because.includes(reason))
    const more = note && because.replace(note.reason, '').replace(/^[;:,. ]+/, '')
    note?.facts.push({ what: more ? `${what} (${more})` : what, command })
  }
  return {
    list,
    refer: text => reasons.reduce((referring, reason, index) => referring.replaceAll(reason, () => `note ${index + 1}`), text),
  }
}

const factsOf = ({ evidence, namespaces, thisComputer }: Snapshot): [string, Evidence][] => [
  ...namespaces.flatMap(({ type, source, hostSource }): [string, Evidence][] => [[`${type} namespace, container`, source], [`${type} namespace, host`, hostSource]]),
  ...FactName.options.map((fact): [string, Evidence] => [FACT_WORDS[fact], evidence[fact]]),
  ...thisComputer === null ? [] : ThisComputerFact.options.map((fact): [string, Evidence] => [OWN_FACT_WORDS[fact], thisComputer.evidence[fact]]),
]
