import { z } from 'zod'

/** proc_pid_stat(5), field 3. */
export const ProcessState = z.enum(['R', 'S', 'D', 'Z', 'T', 't', 'X', 'I', 'P', '?'])
export type ProcessState = z.infer<typeof ProcessState>
