import { z } from 'zod'

/** One flag of `docker run` that a sibling of a container has otherwise: docker's own words, and a value where the flag takes one. In the order in which they are offered. */
export const Knob = z.discriminatedUnion('kind', [
  /** `--pid=host` */
  z.object({ kind: z.literal('pid-host') }),
  /** `--network=host` */
  z.object({ kind: z.literal('network-host') }),
  /** `--privileged` */
  z.object({ kind: z.literal('privileged') }),
  /** `--cap-drop ALL` */
  z.object({ kind: z.literal('cap-drop-all') }),
  /** `--read-only` */
  z.object({ kind: z.literal('read-only') }),
  /** `--user USER`: a name or a number, and after a colon a group. */
  z.object({ kind: z.literal('user'), user: z.string().min(1).max(1000).regex(/^[^\0\s]+$/) }),
  /** `--memory SIZE` */
  z.object({ kind: z.literal('memory'), bytes: z.number().int().positive() }),
])
export type Knob = z.infer<typeof Knob>
export type KnobKind = Knob['kind']
