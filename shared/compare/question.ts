import type { FactName } from '../model/evidence'
import type { Snapshot } from '../model/snapshot'

/** What a snapshot answers: one thing in words, or several whose order means nothing. Null: it is not known. */
export type Answer = string | readonly string[] | null

/** One thing that is asked of both snapshots. */
export interface Question {
  /** Names the fact as the snapshot does: `cgroup.memory.limitBytes`. */
  readonly fact: string
  readonly what: string
  /** Exact: what is rounded alike need not be the same. */
  readonly ask: (snapshot: Snapshot) => Answer
  /** Why there is no answer; asked only where there is none. */
  readonly whyNot: (snapshot: Snapshot) => string
  /** What was measured, where that is not always the same: `cpu.shares`. Answers of two kinds are not compared; null goes with any. */
  readonly kind?: (snapshot: Snapshot) => string | null
  /** What the answer may rest on and was not known, in words. Where that is not the same on both sides, another answer need be no difference. */
  readonly judgedWithout?: (snapshot: Snapshot) => readonly string[]
  /** Whether this is what the engine gives to each container anew, such as an address: then another container's differs, whatever its flags. */
  readonly isOwn?: (snapshot: Snapshot) => boolean
}

/** Questions of one kind, under a heading. */
export interface Topic {
  readonly title: string
  readonly questions: readonly Question[]
}

/** The reason that a fact's evidence gives; where the declared stands in for what is in force, its detail says so. */
export const evidenceSays = (fact: FactName) => ({ evidence }: Snapshot): string =>
  evidence[fact].unknownBecause ?? (evidence[fact].source === 'engine-api' ? evidence[fact].detail : 'it was not among what could be read')

/** Whether it was read where it is in force, and is not what the engine was asked for. */
export const isInForce = ({ evidence }: Snapshot, fact: FactName): boolean =>
  evidence[fact].source !== 'engine-api' && evidence[fact].source !== 'none'

export const isKnown = ({ evidence }: Snapshot, fact: FactName): boolean => evidence[fact].unknownBecause === null
