import { z } from 'zod'

const text = z.string().optional().catch(undefined)
const number = z.number().nonnegative().optional().catch(undefined)

/** One line of what `POST /images/create` and `POST /build` answer (moby, pkg/jsonmessage). */
export const ImageMessage = z.object({
  /** What a build writes: a part of a line, one or many. */
  stream: text,
  status: text,
  /** The layer that `status` is about; of a first line the tag. */
  id: text,
  progressDetail: z.object({ current: number, total: number }).optional().catch(undefined),
  error: text,
  aux: z.object({ ID: text }).optional().catch(undefined),
})
export type ImageMessage = z.infer<typeof ImageMessage>
