import { z } from 'zod'
import { ContainerDetail } from './container'
import { Engine } from './engine'

/** What an engine says of itself and of what is there, as far as it decides how a new container will be isolated. */
export const RunContext = z.object({
  engine: Engine,
  /** What runs a container when no runtime is named. */
  defaultRuntime: z.string(),
  /** The folder on its machine where it keeps everything; empty: it does not say. */
  rootFolder: z.string(),
  hostMemoryBytes: z.number().nullable(),
  /** Whether limits of each kind take effect at all; null: the engine does not say. */
  enforces: z.object({ memory: z.boolean().nullable(), cpu: z.boolean().nullable(), pids: z.boolean().nullable() }),
  networks: z.array(z.object({
    name: z.string(),
    driver: z.string(),
    isInternal: z.boolean(),
    /** The host's address on which ports are published there when none is named; null: the engine does not say. */
    publishesOn: z.string().nullable(),
  })),
  /** Containers whose namespaces may be joined, with their own modes; null: they could not be read. */
  containers: z.array(z.object({ id: z.string(), name: z.string(), isRunning: z.boolean(), modes: ContainerDetail.shape.modes.nullable() })),
})
export type RunContext = z.infer<typeof RunContext>

/** `ended`: it had ended again before this was answered; its exit code is null where it was removed at once. */
export const RanContainer = z.object({
  containerId: z.string(),
  name: z.string(),
  /** In the engine's own words. */
  warnings: z.array(z.string()),
  ended: z.object({ exitCode: z.number().int().nullable() }).nullable(),
})
export type RanContainer = z.infer<typeof RanContainer>

/** A sibling. `otherwise`: how the engine made it otherwise than was asked, in sentences. */
export const RanSibling = RanContainer.extend({ otherwise: z.array(z.string()) })
export type RanSibling = z.infer<typeof RanSibling>
