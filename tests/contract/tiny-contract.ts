import { z } from 'zod'
import { action, actionStream, type Handlers, query, stream } from '../../shared/contract/define'
import { ProblemError } from '../../shared/model/problem'

/** A contract of the tests' own: one call for each thing that a wire must carry. */
export const tinyContract = {
  'text.repeat': query(z.object({ text: z.string(), times: z.number().int().max(1_000_000) }), z.string()),
  'input.show': query(z.object({ known: z.string() }), z.string()),
  'engine.change': action(z.object({ to: z.string() }), z.null()),
  'engine.changeTo': actionStream(z.object({ to: z.string() }), z.string()),
  'problem.raise': query(z.object({}), z.null()),
  'bug.raise': query(z.object({}), z.null()),
  'end.await': query(z.object({}), z.null()),
  'numbers.count': stream(z.object({ to: z.number() }), z.number()),
  'numbers.break': stream(z.object({}), z.number()),
}
export type TinyContract = typeof tinyContract

/** What happened on the host's side, as a test can see it. */
export interface Seen {
  produced: number
  changes: string[]
  started: number
  ended: number
  bugs: unknown[]
}

export const nothingSeen = (): Seen => ({ produced: 0, changes: [], started: 0, ended: 0, bugs: [] })

export function tinyHandlers(seen: Seen): Handlers<TinyContract> {
  return {
    'text.repeat': async ({ text, times }) => text.repeat(times),
    'input.show': async input => JSON.stringify(input),
    'engine.change': async ({ to }) => {
      seen.changes.push(to)
      return null
    },
    'engine.changeTo': async function* ({ to }) {
      seen.changes.push(to)
      yield to
    },
    'problem.raise': async () => {
      throw new ProblemError({ code: 'TEST_PROBLEM', what: 'It is "so".', fix: 'Do this.' })
    },
    'bug.raise': async () => {
      throw new TypeError('secret detail')
    },
    'end.await': async (_input, { signal }) => {
      seen.started += 1
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
      seen.ended += 1
      return null
    },
    'numbers.count': async function* ({ to }) {
      seen.started += 1
      try {
        for (let number = 1; number <= to; number += 1) {
          seen.produced += 1
          yield number
        }
      }
      finally {
        seen.ended += 1
      }
    },
    'numbers.break': async function* () {
      yield 1
      throw new ProblemError({ code: 'TEST_BROKEN', what: 'The stream broke.', fix: 'Start it again.' })
    },
  }
}
