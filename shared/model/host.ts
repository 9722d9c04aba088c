import { z } from 'zod'

/**
 * Where the kernel of the containers is. `this-computer`: proved to be the one that Isoscope itself runs on. `rootless`: that one too,
 * in namespaces of an ordinary user. `nested`: the engine itself runs in a container. `engine-machine`: not this computer, or not proved
 * to be, and nothing tells what it is.
 */
export const HostPlace = z.enum(['this-computer', 'rootless', 'nested', 'virtual-machine', 'remote', 'engine-machine'])
export type HostPlace = z.infer<typeof HostPlace>

/** Whether the containers run on the kernel of this very computer: then there are two places, not three. */
export const isThisComputersKernel = (where: HostPlace): boolean => ['this-computer', 'rootless', 'nested'].includes(where)

/** The machine that runs the containers' kernel: every number called "host" is about this. */
export const Host = z.object({
  where: HostPlace,
  /** How that was proved, or why it could not be. */
  proof: z.string(),
  /** The account whose rootless engine it is, or its UID where that has no name; null for every other, and where it could not be told. */
  engineUser: z.string().nullable().default(null),
  hostname: z.string().nullable(),
  operatingSystem: z.string(),
  kernelVersion: z.string(),
  cpuCount: z.number().int().nullable(),
  memoryBytes: z.number().nullable(),
})
export type Host = z.infer<typeof Host>
