import type { Snapshot } from '../model/snapshot'

/** As many are surely there; `isAll`: there are no more than these. */
export interface KnownCount { readonly count: number, readonly isAll: boolean }

/** The processes of a side that are told, where they could not be counted (`evidence` says why there may be more); null: none is known. */
export function knownProcesses({ processCounts, processes, hostProcesses }: Pick<Snapshot, 'processCounts' | 'processes' | 'hostProcesses'>, side: 'inside' | 'host'): KnownCount | null {
  return knownCount(processCounts[side], side === 'inside' ? processes : hostProcesses)
}

/** `count` null: could not be counted, and `rows` are some of them. */
export function knownCount(count: number | null, rows: readonly unknown[]): KnownCount | null {
  if (count !== null)
    return { count, isAll: true }
  return rows.length === 0 ? null : { count: rows.length, isAll: false }
}

/** `5 processes`, `at least 5 processes`. */
export const knownWords = (known: KnownCount | null, words: (count: number) => string): string | null =>
  known && `${known.isAll ? '' : 'at least '}${words(known.count)}`
