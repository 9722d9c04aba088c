import type { Snapshot } from '../model/snapshot'

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * What a rule saw. `unknown` lowers coverage and never counts as a pass; `not-applicable` says why it does not matter here.
 * `evidence` is the observed fact in words that a reviewer can check: `Kernel: CapEff holds SYS_ADMIN`. Lines start with who
 * said it: `Kernel` is what is in force now, `Engine’s ps` what the engine reports of that (teller.ts), `Engine` what was declared,
 * `Severity` why the rule's own was not taken.
 */
export type Outcome =
  | { status: 'fail', evidence: string[], severity?: Severity }
  | { status: 'pass', evidence: string[] }
  | { status: 'unknown', because: string, evidence: string[] }
  | { status: 'not-applicable', because: string, evidence: string[] }

export interface Rule {
  /** kebab-case, equal to the file's name. */
  readonly id: string
  readonly title: string
  /** The worst that it can find: an outcome may be milder, never worse. */
  readonly severity: Severity
  /** Why it matters, in two sentences. */
  readonly reason: string
  readonly remedy: string
  /** A document that says the same, by name; a section number only where it was checked. */
  readonly reference: string
  readonly check: (snapshot: Snapshot) => Outcome
}
