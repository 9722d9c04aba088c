import type { Snapshot } from '../model/snapshot'
import { verdictOfNamespace } from './namespaces'
import type { Severity } from './rule'

/** The fourteen that the engine gives when nothing is said (moby, daemon/pkg/oci/caps). */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW',
  'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP',
]

/** What each lets a process do to the machine beyond its container (capabilities(7)). */
const DANGEROUS: Readonly<Record<string, Severity>> = {
  SYS_ADMIN: 'critical',
  SYS_MODULE: 'critical',
  SYS_RAWIO: 'high',
  DAC_READ_SEARCH: 'high',
  BPF: 'high',
  PERFMON: 'high',
  SYS_TIME: 'high',
  SYS_BOOT: 'high',
  MAC_ADMIN: 'high',
  MAC_OVERRIDE: 'high',
  SYS_PTRACE: 'medium',
  NET_ADMIN: 'medium',
  AUDIT_CONTROL: 'medium',
  AUDIT_READ: 'medium',
  SYSLOG: 'medium',
}

/** Null: not dangerous to the host. A capability weighs more where it reaches the host: tracing all its processes, its network. */
export function dangerOf(snapshot: Snapshot, capability: string): Severity | null {
  if (capability === 'SYS_PTRACE' && verdictOfNamespace(snapshot, 'pid') === 'host')
    return 'critical'
  if (capability === 'NET_ADMIN' && verdictOfNamespace(snapshot, 'net') === 'host')
    return 'high'
  return DANGEROUS[capability] ?? null
}

/** As the kernel's names are written here: docker takes `sys_admin`, `CAP_SYS_ADMIN` and `SYS_ADMIN` for the same. */
export const plainCapability = (name: string): string => name.toUpperCase().replace(/^CAP_/, '')

/** False also when it is not known; use it only to make a finding worse. */
export const hasEffective = ({ security }: Snapshot, capability: string): boolean =>
  security.capabilities?.effective.includes(capability) ?? false
