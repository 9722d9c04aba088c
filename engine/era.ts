import { setMaxListeners } from 'node:events'
import { ProblemError } from '../shared/model/problem'

/**
 * The time during which one engine is asked. It ends when the person chooses another: then all that was asked in it fails with
 * ProblemError ENGINE_SWITCHED, also what the old engine still answers.
 */
export interface Era {
  readonly signal: AbortSignal
  readonly end: () => void
}

export function createEra(): Era {
  const abort = new AbortController()
  // Everything that is asked listens to it at the same time.
  setMaxListeners(0, abort.signal)
  return {
    signal: abort.signal,
    end: () => abort.abort(new ProblemError({ code: 'ENGINE_SWITCHED', what: 'Another engine was chosen meanwhile.', fix: 'Ask again: the new engine answers.' })),
  }
}

/** One answer, with a signal that aborts with the asker's and at the era's end. */
export async function duringEra<T>(era: Era, outer: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const both = eitherOf(outer, era.signal)
  try {
    both.signal.throwIfAborted()
    const answer = await ask(both.signal)
    both.signal.throwIfAborted()
    return answer
  }
  finally {
    both.release()
  }
}

/** The items of a stream until the asker leaves, when it ends, or until the era ends, when it fails. */
export async function* throughoutEra<T>(era: Era, outer: AbortSignal, open: (signal: AbortSignal) => AsyncIterable<T>): AsyncGenerator<T> {
  const both = eitherOf(outer, era.signal)
  try {
    era.signal.throwIfAborted()
    for await (const item of open(both.signal)) {
      era.signal.throwIfAborted()
      yield item
    }
    era.signal.throwIfAborted()
  }
  finally {
    both.release()
  }
}

/** `AbortSignal.any` came with Node.js 20.3, and kept its signals alive longer than needed. */
function eitherOf(...signals: AbortSignal[]): { signal: AbortSignal, release: () => void } {
  const abort = new AbortController()
  const onAbort = ({ target }: Event): void => abort.abort(target instanceof AbortSignal ? target.reason : undefined)
  for (const signal of signals) {
    if (signal.aborted)
      abort.abort(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  }
  return {
    signal: abort.signal,
    release: () => signals.forEach(signal => signal.removeEventListener('abort', onAbort)),
  }
}
