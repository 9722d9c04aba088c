import { z } from 'zod'
import { Problem } from './problem'

/** The commands that are run on both sides; what they stand for is in shared/two-views/commands.ts. */
export const ViewCommandId = z.enum(['ps', 'ls', 'pwd', 'id', 'hostname', 'ip', 'mount', 'os-release', 'free', 'nproc', 'env'])
export type ViewCommandId = z.infer<typeof ViewCommandId>

/** What one run may take; what goes on is ended. */
export const VIEW_LIMITS = { ms: 10_000, bytes: 1024 ** 2, lines: 20_000 } as const

/** One line of what a program wrote: visible characters and tabs, as engine/parse/log-text.ts makes them. */
export const OutputLine = z.object({
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
  /** It was longer than 64 KiB: this is its beginning. */
  isCut: z.boolean(),
})
export type OutputLine = z.infer<typeof OutputLine>

/** What came of a command at one place. */
export const ViewSide = z.object({
  /** `ran`: what a program wrote. `read`: no program ran; Isoscope's helper read the files that say the same. */
  how: z.enum(['ran', 'read']),
  /** What does the same in a terminal there. */
  command: z.string(),
  lines: z.array(OutputLine),
  /** Null: no program ran, or it was ended. */
  exitCode: z.number().int().nullable(),
  /** The limit at which it was ended (VIEW_LIMITS); null: it ended by itself. */
  endedAt: z.enum(['time', 'size']).nullable(),
  tookMs: z.number(),
  /** Of the process that ran, on the machine whose kernel it ran on. */
  pid: z.number().int().nullable(),
  /** What has to be known of this place, in a sentence. */
  note: z.string().nullable(),
  /** Why there is nothing, or not all. */
  problem: Problem.nullable(),
})
export type ViewSide = z.infer<typeof ViewSide>

/** The same command at each place where it could be asked. */
export const ViewAnswer = z.object({
  /** What ran inside: another program than the first one where the image has not that. */
  argv: z.array(z.string()),
  container: ViewSide,
  /** The machine that runs the containers' kernel; null: a person's own command, which runs inside alone. */
  host: ViewSide.nullable(),
  /** Null: it is the engine's machine, or was not asked. */
  thisComputer: ViewSide.nullable(),
})
export type ViewAnswer = z.infer<typeof ViewAnswer>
