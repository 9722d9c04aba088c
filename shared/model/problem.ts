import { z } from 'zod'

/** A failure that was expected: what happened, and what to do. `code` is SUBJECT_WHAT and never changes its meaning. */
export const Problem = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/),
  what: z.string(),
  fix: z.string(),
})
export type Problem = z.infer<typeof Problem>

/** The one error class that carries a Problem through `throw`; every other error is a bug of ours. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.what, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
