import { z } from 'zod'
import { NAMESPACE_TYPES, type NamespaceType } from '../../shared/model/namespace-type'
import type { Machine } from '../machine'

const Lsns = z.object({ namespaces: z.array(z.object({ ns: z.number(), type: z.string() })) })
const Inodes = z.record(z.enum(NAMESPACE_TYPES), z.number())

/** The inodes of one process by lsns(8). */
export async function namespacesByLsns(machine: Machine, pid: number): Promise<Record<NamespaceType, number>> {
  const { namespaces } = Lsns.parse(JSON.parse(await machine.run('lsns', '--json', '--task', String(pid), '--output', 'NS,TYPE')))
  return Inodes.parse(Object.fromEntries(namespaces.map(({ ns, type }) => [type, ns])))
}

/** The same by readlink(1). */
export async function namespacesByReadlink(machine: Machine, pid: number): Promise<Record<NamespaceType, number>> {
  const links = await machine.run('readlink', ...NAMESPACE_TYPES.map(type => `/proc/${pid}/ns/${type}`))
  return Inodes.parse(Object.fromEntries([...links.matchAll(/^(\w+):\[(\d+)\]$/gm)].map(([, type, inode]) => [type, Number(inode)])))
}

/** Those of PID 1; where even root may not trace it, those of the kernel's own thread, PID 2, which never leaves the initial ones. */
export const hostNamespaces = (machine: Machine): Promise<Record<NamespaceType, number>> =>
  namespacesByReadlink(machine, 1).catch(() => namespacesByReadlink(machine, 2))
