import { z } from 'zod'
import { RunPlan } from './run-plan'
import { ShellSize } from './shell'

/** A container of another image beside one that runs, to look at that from within: its processes, its network, its files. */
export const ToolboxRequest = ShellSize.extend({
  containerId: z.string().regex(/^[0-9a-f]{64}$/),
  image: RunPlan.shape.image,
})
export type ToolboxRequest = z.infer<typeof ToolboxRequest>

/** How a toolbox for one container would be run, and why so. */
export const ToolboxOffer = z.object({
  /** All but the image, which the person chooses. */
  plan: RunPlan.omit({ image: true }),
  /** Namespaces of the container that it is in, each with the reason why not where it cannot be; null: it is. */
  joins: z.array(z.object({ namespace: z.enum(['pid', 'network', 'ipc']), because: z.string().nullable() })),
  /** Where the container's files are seen in it; null: it is not known which of the processes there is the container's first. */
  root: z.string().nullable(),
  /** Why it has the right to trace processes (CAP_SYS_PTRACE); null: it needs none, and has no right that the container has not. */
  tracesBecause: z.string().nullable(),
})
export type ToolboxOffer = z.infer<typeof ToolboxOffer>
