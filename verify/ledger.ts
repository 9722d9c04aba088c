import { isDeepStrictEqual } from 'node:util'

/** One value of a snapshot, and how others come to know the same. */
export interface Claim<Seen, Expected> {
  /** The fact's name, and its part: `security.capabilities`. */
  readonly fact: string
  /** Null: Isoscope says that it does not know. */
  readonly seen: Seen | null
  readonly unknownBecause: string | null
  /** What it names as the reason changed meanwhile, as the oracles saw too: then whoever it is may not know it. */
  readonly isMoving?: boolean
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
  /** Null like what was expected where both are the same: lists of all processes of a machine are long. */
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

/** What is asked of whoever took a snapshot: to know a fact, or to say why not, in words that fit. */
export type Demand = 'known' | { readonly orUnknownBecause: RegExp }

/** Unknown where it has to be known is a difference, and so is unknown without a reason that fits. */
export function openLedger(container: string, demandOf: (fact: string) => Demand): Ledger {
  const entries: Entry[] = []

  async function compare<Seen, Expected>({ fact, seen, unknownBecause, isMoving = false, expected, command, isSame }: Claim<Seen, Expected>): Promise<void> {
    const entry = { container, fact, seen, expected: null, command, because: null }
    const demand = demandOf(fact)
    if (seen === null && unknownBecause !== null && (isMoving || (demand !== 'known' && demand.orUnknownBecause.test(unknownBecause)))) {
      entries.push({ ...entry, outcome: 'unknown', because: unknownBecause })
      return
    }
    try {
      const value = await expected()
      const isRight = seen !== null && (isSame ? isSame(seen, value) : isDeepStrictEqual(seen, value))
      entries.push(isRight
        ? { ...entry, outcome: 'same', seen: null }
        : { ...entry, outcome: 'different', expected: value, because: seen === null ? unknownBecause ?? 'unknown, and no reason is given' : null })
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
