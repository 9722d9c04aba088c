import type { Security } from '../../shared/model/security'
import { capabilityNames } from '../parse/capability-names'
import { type MountInfo, parseProcMountinfo } from '../parse/proc-mountinfo'
import { parseProcStatus, type ProcStatus } from '../parse/proc-status'
import { textFromLatin1 } from '../parse/raw-name'
import { type ProcSource, Unreadable } from '../sources/proc-source'
import { findMountedSockets } from './mounted-sockets'
import { type Collected, known, type Scene, unknown } from './scene'

/** What Docker 20.10 masks by default (moby oci/defaults.go); later engines add to it. Used where a container declares no list. */
const DEFAULT_MASKED_PATHS = [
  '/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats',
  '/proc/sched_debug', '/proc/scsi', '/sys/firmware',
]

/** What the kernel enforces on the first process now; what was declared is in the container's own part. */
export async function collectSecurity(scene: Scene): Promise<Collected<Security>> {
  const { container, init } = scene
  const declaredOnly = { mountedSockets: await findMountedSockets(scene), devices: container.devices }
  const command = `grep -E 'Cap|Seccomp|NoNewPrivs' /proc/${init.proc === null ? '<pid>' : init.hostPid}/status`
  if (init.proc === null)
    return { facts: { ...NOTHING, ...declaredOnly }, evidence: { security: unknown(init.because, command) } }
  const { proc, hostPid } = init
  const statusText = await proc.readText(`${hostPid}/status`)
  if (statusText === null)
    return { facts: { ...NOTHING, ...declaredOnly }, evidence: { security: unknown('its first process ended while it was being looked at', command) } }
  const status = parseProcStatus(statusText)
  return {
    facts: {
      capabilities: capabilitySets(status),
      seccomp: status.seccompMode === null ? null : (['disabled', 'strict', 'filter'] as const)[status.seccompMode] ?? null,
      hasNoNewPrivileges: status.noNewPrivileges,
      lsmLabel: await readLabel(proc, hostPid),
      ...await mountFacts(proc, hostPid, container.maskedPaths ?? DEFAULT_MASKED_PATHS),
      ...declaredOnly,
    },
    evidence: { security: known('proc', `/proc/${hostPid}/status, mountinfo and attr/current`, command) },
  }
}

const NOTHING = {
  capabilities: null,
  seccomp: null,
  hasNoNewPrivileges: null,
  lsmLabel: null,
  isRootReadOnly: null,
  maskedPaths: null,
  readOnlyPaths: null,
}

function capabilitySets({ capabilities }: ProcStatus): Security['capabilities'] {
  const { effective, permitted, inheritable, bounding, ambient } = capabilities
  if (effective === null || permitted === null || inheritable === null || bounding === null)
    return null
  return {
    effective: capabilityNames(effective),
    permitted: capabilityNames(permitted),
    inheritable: capabilityNames(inheritable),
    bounding: capabilityNames(bounding),
    // Kernels before 4.3 have no ambient set.
    ambient: capabilityNames(ambient ?? 0n),
  }
}

/** `attr/current`: AppArmor and SELinux write their label there; with neither active the kernel answers EINVAL. */
async function readLabel(proc: ProcSource, pid: number): Promise<string | null> {
  try {
    const label = (await proc.readText(`${pid}/attr/current`))?.replace(/[\n\0]+$/, '')
    return label === undefined ? null : label === '' ? 'none' : textFromLatin1(label)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return error.code === 'EINVAL' || error.code === 'EOPNOTSUPP' ? 'none' : null
    throw error
  }
}

async function mountFacts(proc: ProcSource, pid: number, maskList: readonly string[]): Promise<Pick<Security, 'isRootReadOnly' | 'maskedPaths' | 'readOnlyPaths'>> {
  const mounts = await readMounts(proc, pid)
  if (!mounts)
    return { isRootReadOnly: null, maskedPaths: null, readOnlyPaths: null }
  // Of two mounts at one place the later one is seen.
  const seen = new Map(mounts.map(mount => [mount.mountPoint, mount]))
  const root = seen.get('/')
  const masked = maskList.filter(path => seen.has(path))
  return {
    isRootReadOnly: root ? isReadOnly(root) : null,
    maskedPaths: masked,
    readOnlyPaths: [...seen.values()].filter(mount => /^\/(?:proc|sys)(?:\/|$)/.test(mount.mountPoint) && isReadOnly(mount) && !masked.includes(mount.mountPoint)).map(mount => mount.mountPoint),
  }
}

const isReadOnly = ({ options, superOptions }: MountInfo): boolean => [...options.split(','), ...superOptions.split(',')].includes('ro')

async function readMounts(proc: ProcSource, pid: number): Promise<MountInfo[] | null> {
  try {
    const text = await proc.readText(`${pid}/mountinfo`)
    return text === null ? null : parseProcMountinfo(text)
  }
  catch (error) {
    if (error instanceof Unreadable)
      return null
    throw error
  }
}
