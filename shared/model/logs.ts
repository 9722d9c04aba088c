import { z } from 'zod'
import { Problem } from './problem'

/** Lines that a page keeps of one container, and that wait for a slow page. */
export const MAX_LOG_LINES = 10_000

/** `terminal`: the container has a TTY, which makes one stream of stdout and stderr. */
export const LogStream = z.enum(['stdout', 'stderr', 'terminal'])
export type LogStream = z.infer<typeof LogStream>

/** One line that a container wrote, as `docker logs --timestamps` has it. */
export const LogLine = z.object({
  stream: LogStream,
  /** The engine's own stamp of when it read the line (RFC 3339, to the nanosecond); null where it gave none. */
  at: z.string().nullable(),
  /** One line of visible characters and tabs: engine/parse/log-text.ts. */
  text: z.string(),
  /** It was longer than 64 KiB: this is its beginning. */
  isCut: z.boolean(),
})
export type LogLine = z.infer<typeof LogLine>

/** Lines of one container in the order of its log. */
export const LogBatch = z.object({
  lines: z.array(LogLine),
  /** Lines that came before these, but faster than they were taken, and are not told any more. */
  droppedCount: z.number().int(),
  /** `follows`: what is written next comes next. `ended`: the container does not run; it goes on when it starts. `away`: the engine does not answer, and is looked for. */
  state: z.enum(['follows', 'ended', 'away']),
  /** Why it is away. */
  problem: Problem.nullable(),
})
export type LogBatch = z.infer<typeof LogBatch>
