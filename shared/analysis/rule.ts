import type { Snapshot } from '../model/snapshot'

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info'

/**
 * What a rule saw. `unknown` lowers coverage and never counts as a pass; `not-applicable` says why it does not matter here.
 * `evidence` is the observed fact in words that a reviewer can check: `CapEff contains SYS_ADMIN`.
 */
export type Outcome =
  | { status: 'fail', evidence: string[], severity?: Severity }
  | { status: 'pass', evidence: string[] }
  | { status: 'unknown', because: string }
  | { status: 'not-applicable', because: string }

export interface Rule {
  /** kebab-case, equal to the file's name. */
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** Why it matters, in two sentences. */
  readonly reason: string
  readonly remedy: string
  /** A document that says the same, by name; a section number only where it was checked. */
  readonly reference: string
  readonly check: (snapshot: Snapshot) => Outcome
}
