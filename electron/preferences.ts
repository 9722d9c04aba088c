import type { KeptPreferences } from '../shared/contract/contract'
import { DEFAULT_PREFERENCES, Preferences } from '../shared/model/preferences'
import { createKeeper, readKept } from './kept-file'

export interface KeptByDesktop {
  readonly read: () => KeptPreferences
  /** Takes effect at once, also when it cannot be kept: then it rejects with saveFile's ProblemError. */
  readonly write: (next: Preferences) => Promise<void>
  /** Resolves when nothing is being written any more. */
  readonly written: () => Promise<void>
}

/** The preferences in this file; `apply` is told what they are, now and after every change. */
export function openPreferences(path: string, apply: (preferences: Preferences) => void): KeptByDesktop {
  const kept = readKept(path, Preferences)
  const keep = createKeeper(path)
  let current: KeptPreferences = {
    preferences: kept.state === 'read' ? kept.value : DEFAULT_PREFERENCES,
    problem: kept.state === 'broken' ? notReadable(path) : null,
  }
  let written: Promise<void> = Promise.resolve()
  apply(current.preferences)

  return {
    read: () => current,
    async write(next) {
      current = { preferences: next, problem: null }
      apply(next)
      const kept = keep(next)
      written = kept.catch(() => {})
      await kept
    },
    written: () => written,
  }
}

const notReadable = (path: string): KeptPreferences['problem'] => ({
  code: 'PREFERENCES_NOT_READABLE',
  what: `The preferences in ${path} could not be read, so these are the ones that Isoscope comes with.`,
  fix: 'Choose again what you want: the next change writes the file anew.',
})
