import { z } from 'zod'

/** capabilities(7) as names without `CAP_`, in the kernel's order; a bit the names do not cover is `CAP_41`. */
export const CapabilitySets = z.object({
  effective: z.array(z.string()),
  permitted: z.array(z.string()),
  inheritable: z.array(z.string()),
  bounding: z.array(z.string()),
  ambient: z.array(z.string()),
})
export type CapabilitySets = z.infer<typeof CapabilitySets>

/** What the kernel enforces on the first process now, beside what was declared (that is in `container`). */
export const Security = z.object({
  capabilities: CapabilitySets.nullable(),
  seccomp: z.enum(['disabled', 'strict', 'filter']).nullable(),
  hasNoNewPrivileges: z.boolean().nullable(),
  /** AppArmor profile or SELinux context of the first process (`/proc/<pid>/attr/current`); `none`: no such module is active. */
  lsmLabel: z.string().nullable(),
  isRootReadOnly: z.boolean().nullable(),
  /** Paths of the engine's mask list that are really covered by a mount now. */
  maskedPaths: z.array(z.string()).nullable(),
  /** Paths below /proc and /sys that are really read-only now. */
  readOnlyPaths: z.array(z.string()).nullable(),
  /** Unix sockets of the host that are mounted inside. */
  mountedSockets: z.array(z.object({ destination: z.string(), hostPath: z.string(), isEngineSocket: z.boolean() })),
  devices: z.array(z.object({ onHost: z.string(), inside: z.string(), permissions: z.string() })),
})
export type Security = z.infer<typeof Security>
