import { z } from 'zod'
import { ImageConfig } from './image'
import { RunPlan } from './run-plan'

/** What a container that is there was made of, as `docker run` would be asked for it again. */
export const ContainerPlan = z.object({
  /** Outside of the engine's process without the values of its environment (shared/run/hidden-values.ts). */
  plan: RunPlan,
  /** Of the image that the container has, which its name may no longer be that of. */
  image: ImageConfig,
  /** What it was made with and a plan has no place for, each as what follows "it will not have". */
  lost: z.array(z.string()),
})
export type ContainerPlan = z.infer<typeof ContainerPlan>
