import { z } from 'zod'

/** The machine that runs the containers' kernel: every number called "host" is about this. */
export const Host = z.object({
  /** `this-computer`: proved to be the kernel that Isoscope itself runs on. */
  where: z.enum(['this-computer', 'engine-machine']),
  /** How that was proved, or why it could not be. */
  proof: z.string(),
  hostname: z.string().nullable(),
  operatingSystem: z.string(),
  kernelVersion: z.string(),
  cpuCount: z.number().int().nullable(),
  memoryBytes: z.number().nullable(),
})
export type Host = z.infer<typeof Host>
