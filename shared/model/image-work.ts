import { z } from 'zod'

/** A layer of an image that is fetched. */
export const LayerProgress = z.object({
  id: z.string(),
  /** In the engine's words: `Downloading`, `Extracting`, `Pull complete`. */
  status: z.string(),
  currentBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
})
export type LayerProgress = z.infer<typeof LayerProgress>

/** What the engine told of its work on an image since the last item; the last one of all has the image's id. */
export const ImageWork = z.object({
  /** What it wrote, as text: escape sequences are written out. */
  lines: z.array(z.string()),
  /** Lines that were too many for a slow reader, and are not among these. */
  missedLines: z.number().int(),
  /** All layers as they are now, in the order in which they were first told. */
  layers: z.array(LayerProgress),
  imageId: z.string().nullable(),
})
export type ImageWork = z.infer<typeof ImageWork>

/** An image's name as `docker pull` takes it: `nginx`, `registry.example:5000/team/app:1.2`, `app@sha256:…`. */
export const ImageReference = z.string().max(500).regex(/^(?:[\w.-]+(?::\d{1,5})?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/)

/** `folder`: on the computer that Isoscope runs on, from the top. `dockerfile`: in it. */
export const BuildRequest = z.object({
  folder: z.string().max(4096).regex(/^\/[^\0]*$/),
  dockerfile: z.string().max(4096).regex(/^(?!\/)[^\0]+$/).default('Dockerfile'),
  /** Empty: none. */
  tag: z.union([z.literal(''), ImageReference]),
})
export type BuildRequest = z.infer<typeof BuildRequest>
