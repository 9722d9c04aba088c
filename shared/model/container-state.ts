import { z } from 'zod'

export const ContainerState = z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown'])
export type ContainerState = z.infer<typeof ContainerState>
