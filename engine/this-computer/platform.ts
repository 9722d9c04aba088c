import type { Evidence } from '../../shared/model/evidence'
import type { ThisComputer } from '../../shared/model/this-computer'

export type OwnProcess = NonNullable<ThisComputer['processes']>[number]
export type OwnAccount = NonNullable<ThisComputer['users']>[number]

export type OwnInterface = NonNullable<ThisComputer['interfaces']>[number]

/** A fact and how it was read. */
export interface Found<T> {
  readonly value: T
  readonly evidence: Evidence
}

/** A fact that can be asked for, with the command that shows it to a person where that fails. */
export interface Question<T> {
  readonly command: string
  /** Throws whatever the system says when it refuses. */
  readonly ask: (signal: AbortSignal) => Promise<Found<T>>
}

/** What each system has a way of its own for; the rest Node.js tells on all of them. */
export interface Platform {
  /** Its name with the version; null when that could not be read. */
  readonly operatingSystem: (signal: AbortSignal) => Promise<string | null>
  readonly processes: Question<OwnProcess[]>
  readonly users: Question<OwnAccount[]>
  readonly interfaces: Question<OwnInterface[]>
}
