import { z } from 'zod'

/** What may be done to a container that is there, in the words of the docker command. */
export const LifecycleVerb = z.enum(['start', 'stop', 'restart', 'pause', 'unpause', 'kill', 'rm'])
export type LifecycleVerb = z.infer<typeof LifecycleVerb>

/** What a person may ask for next, about one container. */
export const Intent = z.object({ verb: LifecycleVerb, container: z.object({ id: z.string(), name: z.string() }) })
export type Intent = z.infer<typeof Intent>

/** One thing that Isoscope did to an engine because a person asked for it, or that it removed of its own, for the list of them. */
export const DoneAction = z.object({
  /** Counts them, from 1, for this run of Isoscope. */
  number: z.number().int(),
  at: z.string(),
  /** The engine's address. */
  engine: z.string(),
  /** What does the same in a terminal. */
  command: z.string(),
  outcome: z.enum(['running', 'done', 'failed']),
  /** Why it failed, in the engine's words. */
  because: z.string().nullable(),
  /** What takes it back, once it is done; null: nothing does. */
  undo: Intent.nullable(),
})
export type DoneAction = z.infer<typeof DoneAction>
