import { z } from 'zod'
import { Container } from './container'
import { Problem } from './problem'

/** The engine's containers at one moment; `problem` is set while the engine does not answer, the list is then the last one known. */
export const ContainerList = z.object({
  at: z.string(),
  containers: z.array(Container),
  problem: Problem.nullable(),
})
export type ContainerList = z.infer<typeof ContainerList>

/** One second of one container. A null is no sample, never zero. */
export const LiveSample = z.object({
  at: z.string(),
  inside: z.number().int().nullable(),
  host: z.number().int().nullable(),
  cpuSeconds: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  pids: z.number().nullable(),
})
export type LiveSample = z.infer<typeof LiveSample>
