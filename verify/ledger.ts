import { isDeepStrictEqual } from 'node:util'

/** One value of a snapshot, and how others come to know the same. */
export interface Claim<Seen, Expected> {
  /** The fact's name, and its part: `security.capabilities`. */
  readonly fact: string
  /** Null: Isoscope says that it does not know. */
  readonly seen: Seen | null
  readonly unknownBecause: string | null
  /** What the oracle says; it rejects where the oracle cannot be asked. */
  readonly expected: () => Expected | Promise<Expected>
  /** How a person asks the oracle. */
  readonly command: string
  /** For what moves between two looks; all else has to be equal. */
  readonly isSame?: (seen: Seen, expected: Expected) => boolean
}

/** `not-compared`: the oracle could not be asked. */
export type Outcome = 'same' | 'different' | 'unknown' | 'not-compared'

export interface Entry {
  readonly container: string
  readonly fact: string
  readonly outcome: Outcome
  readonly seen: unknown
  readonly expected: unknown
  readonly command: string
  /** Why it is unknown, or was not compared. */
  readonly because: string | null
}

/** The book of one container: each claim becomes one entry. */
export interface Ledger {
  readonly compare: <Seen, Expected = Seen>(claim: Claim<Seen, Expected>) => Promise<void>
  readonly entries: readonly Entry[]
}

/** `mustKnow`: whether whoever took the snapshot has to know that fact; unknown is a difference then, and so is unknown without a reason. */
export function openLedger(container: string, mustKnow: (fact: string) => boolean): Ledger {
  const entries: Entry[] = []

  async function compare<Seen, Expected>({ fact, seen, unknownBecause, expected, command, isSame }: Claim<Seen, Expected>): Promise<void> {
    const entry = { container, fact, seen, expected: null, command, because: null }
    if (seen === null && unknownBecause !== null && !mustKnow(fact)) {
      entries.push({ ...entry, outcome: 'unknown', because: unknownBecause })
      return
    }
    try {
      const value = await expected()
      const isRight = seen !== null && (isSame ? isSame(seen, value) : isDeepStrictEqual(seen, value))
      entries.push({ ...entry, outcome: isRight ? 'same' : 'different', expected: value, because: seen === null ? unknownBecause ?? 'unknown, and no reason is given' : null })
    }
    catch (error) {
      entries.push({ ...entry, outcome: 'not-compared', because: error instanceof Error ? error.message.trim() : String(error) })
    }
  }

  return { compare, entries }
}

/** For values that move: between what the oracle said before and after, or no further off than `slack`. */
export const isBetween = (slack: number) => (seen: number, ends: readonly number[]): boolean =>
  seen >= Math.min(...ends) - slack && seen <= Math.max(...ends) + slack

/** For a value that stands still or takes one step: what the oracle said before or after. */
export const isOneOf = <T>(seen: T, ends: readonly T[]): boolean => ends.includes(seen)
