import { z } from 'zod'
import { ContainerRef } from './container'
import { Evidence } from './evidence'
import { NamespaceType } from './namespace-type'

/** The four states of the wall. */
export const NamespaceVerdict = z.enum(['private', 'shared', 'host', 'unknown'])
export type NamespaceVerdict = z.infer<typeof NamespaceVerdict>

/** One namespace of a container's first process, beside the engine host's own. */
export const Namespace = z.object({
  type: NamespaceType,
  /** Inode of `/proc/<pid>/ns/<type>`: two processes are in one namespace when the inodes are equal. Null: unknown. */
  container: z.number().int().nullable(),
  host: z.number().int().nullable(),
  verdict: NamespaceVerdict,
  /** Other containers in the same namespace, whatever the verdict. */
  sharedWith: z.array(ContainerRef),
  /** How the container's identity was read; for `unknown` it says why not. */
  source: Evidence,
  /** How the host's identity was read. */
  hostSource: Evidence,
})
export type Namespace = z.infer<typeof Namespace>
