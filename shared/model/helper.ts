import { z } from 'zod'

/**
 * The helper container: a small program of Isoscope's own that reads kernel files on the engine's machine, where this computer's
 * `/proc` is another kernel's or may not be read. It runs only if the person allowed it for that engine.
 *
 * `not-needed`: everything can be read without. `off`: it would read more, and is not allowed. `ready`: allowed, and starts with the
 * next question. `running`. `refused`: the engine would not let it run.
 */
export const HelperState = z.enum(['not-needed', 'off', 'ready', 'running', 'refused'])
export type HelperState = z.infer<typeof HelperState>

export const HelperStatus = z.object({
  state: HelperState,
  /** In a sentence, for every state but `running`. */
  because: z.string().nullable(),
  /** `ID` of `GET /info`: what a permission is remembered by. Null while no engine answers. */
  engineId: z.string().nullable(),
  /** The id of the container while it runs. */
  containerId: z.string().nullable(),
})
export type HelperStatus = z.infer<typeof HelperStatus>
