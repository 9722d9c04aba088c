import { z } from 'zod'

/** namespaces(7), in the order of the boundary strip. */
export const NAMESPACE_TYPES = ['mnt', 'pid', 'net', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const
export const NamespaceType = z.enum(NAMESPACE_TYPES)
export type NamespaceType = z.infer<typeof NamespaceType>
