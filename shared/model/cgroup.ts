import { z } from 'zod'

/** A limit: a number, `unlimited`, or null when it could not be read. */
export const Limit = z.union([z.number(), z.literal('unlimited')]).nullable()
export type Limit = z.infer<typeof Limit>

/** Limits and usage of the container's control group (cgroups(7)). */
export const Cgroup = z.object({
  version: z.enum(['1', '2']).nullable(),
  /** Below the controller's mount point, from `/proc/<pid>/cgroup`. */
  path: z.string().nullable(),
  cpu: z.object({
    /** Whole processors' worth of time: 0.5 is half of one. */
    limitCpus: Limit,
    /** `cpu.shares` (v1) or `cpu.weight` (v2). */
    weight: z.number().nullable(),
    usageSeconds: z.number().nullable(),
    throttledSeconds: z.number().nullable(),
  }),
  memory: z.object({
    limitBytes: Limit,
    usageBytes: z.number().nullable(),
    /** Part of the usage that the kernel can drop at once (inactive page cache); `docker stats` subtracts it. */
    reclaimableBytes: z.number().nullable(),
    peakBytes: z.number().nullable(),
  }),
  pids: z.object({ limit: Limit, current: z.number().nullable() }),
})
export type Cgroup = z.infer<typeof Cgroup>
