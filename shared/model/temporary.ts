import { z } from 'zod'

/** What Isoscope makes for a while, and removes when it is no longer used, at its end, or at its next start. */
export const TemporaryPurpose = z.enum(['lab', 'toolbox'])
export type TemporaryPurpose = z.infer<typeof TemporaryPurpose>

/** On every container that Isoscope made for a while: what for. */
export const TEMPORARY_LABEL = 'io.isoscope.temporary'
/** On every image that it made so. Another one, because a container has the labels of its image: what a person runs of one is the person's. */
export const TEMPORARY_IMAGE_LABEL = 'io.isoscope.temporary.image'
/** Beside either, or on the image of the container: whose it is (engine/sources/owner.ts). */
export const TEMPORARY_OWNER_LABEL = 'io.isoscope.temporary.owner'
