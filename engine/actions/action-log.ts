import type { DoneAction, Intent } from '../../shared/model/action'
import { ProblemError } from '../../shared/model/problem'
import { latestOnly } from '../latest-only'

/** What Isoscope did to engines in this run, oldest first. */
export interface ActionLog {
  /** Does it, and keeps what came of it; `act` says what takes it back. Throws what `act` throws. */
  readonly record: (about: Pick<DoneAction, 'engine' | 'command'>, act: () => Promise<Intent | null>) => Promise<void>
  /** All of them at once, and again after each change. */
  readonly watch: (signal: AbortSignal) => AsyncIterable<DoneAction[]>
}

/** A person does some hundreds in a day; a page that does more than this is not a person. */
const MOST_KEPT = 1000

export function createActionLog(now: () => Date): ActionLog {
  let actions: readonly DoneAction[] = []
  const readers = new Set<() => void>()

  function keep(next: readonly DoneAction[]): void {
    actions = next
    readers.forEach(tell => tell())
  }

  const end = (ended: number, came: Pick<DoneAction, 'outcome' | 'because' | 'undo'>): void =>
    keep(actions.map(action => action.number === ended ? { ...action, ...came } : action))

  return {
    async record(about, act) {
      const number = (actions.at(-1)?.number ?? 0) + 1
      keep([...actions, { ...about, number, at: now().toISOString(), outcome: 'running' as const, because: null, undo: null }].slice(-MOST_KEPT))
      try {
        const undo = await act()
        end(number, { outcome: 'done', because: null, undo })
      }
      catch (error) {
        end(number, { outcome: 'failed', because: error instanceof ProblemError ? error.problem.what : 'Isoscope met an error of its own.', undo: null })
        throw error
      }
    },
    watch: signal => latestOnly<DoneAction[]>(signal, (show, inner) => new Promise((resolve) => {
      const tell = (): void => show([...actions])
      readers.add(tell)
      tell()
      inner.addEventListener('abort', () => {
        readers.delete(tell)
        resolve()
      }, { once: true })
    })),
  }
}
