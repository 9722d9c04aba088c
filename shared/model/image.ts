import { z } from 'zod'

/** What an image says of the containers that are made of it, as far as it matters to a plan. Values of environment variables are never collected. */
export const ImageConfig = z.object({
  /** Empty: root. */
  user: z.string(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workingDirectory: z.string(),
  environment: z.array(z.object({ name: z.string(), looksSecret: z.boolean() })),
  exposed: z.array(z.object({ containerPort: z.number().int(), protocol: z.string() })),
  /** Paths that get a volume of their own in every container. */
  volumes: z.array(z.string()),
  hasHealthCheck: z.boolean(),
})
export type ImageConfig = z.infer<typeof ImageConfig>

/** One image that the engine has. */
export const Image = z.object({
  /** `sha256:` and 64 hex digits. */
  id: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** `nginx:1.27`; none for one that was left over. */
  tags: z.array(z.string()),
  sizeBytes: z.number(),
  createdAt: z.string(),
  /** Null: it went away while it was asked for. */
  config: ImageConfig.nullable(),
})
export type Image = z.infer<typeof Image>
