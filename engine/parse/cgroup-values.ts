import type { Cgroup, Limit } from '../../shared/model/cgroup'

/** Version 1 writes "no limit" as the largest page-aligned number: 9223372036854771712 with 4 KiB pages. */
const NO_LIMIT_BYTES = 2 ** 62

type Read = (controller: string, file: string) => string | null
export type CgroupValues = Pick<Cgroup, 'cpu' | 'memory' | 'pids'>

/** Controller and file of all that is read below. */
export const CGROUP_FILES: Readonly<Record<'1' | '2', readonly (readonly [controller: string, file: string])[]>> = {
  1: [
    ['cpu', 'cpu.cfs_quota_us'], ['cpu', 'cpu.cfs_period_us'], ['cpu', 'cpu.shares'], ['cpu', 'cpu.stat'], ['cpuacct', 'cpuacct.usage'],
    ['memory', 'memory.limit_in_bytes'], ['memory', 'memory.usage_in_bytes'], ['memory', 'memory.stat'], ['memory', 'memory.max_usage_in_bytes'],
    ['pids', 'pids.max'], ['pids', 'pids.current'],
  ],
  2: [
    ['cpu', 'cpu.max'], ['cpu', 'cpu.stat'], ['cpu', 'cpu.weight'],
    ['memory', 'memory.max'], ['memory', 'memory.current'], ['memory', 'memory.stat'], ['memory', 'memory.peak'],
    ['pids', 'pids.max'], ['pids', 'pids.current'],
  ],
}

/** cgroup-v1: the files of the cpu, cpuacct, memory and pids controllers (kernel: admin-guide/cgroup-v1). */
export function cgroupV1Values(read: Read): CgroupValues {
  const quota = toNumber(read('cpu', 'cpu.cfs_quota_us'))
  const period = toNumber(read('cpu', 'cpu.cfs_period_us'))
  return {
    cpu: {
      limitCpus: quota === null || period === null ? null : quota < 0 ? 'unlimited' : quota / period,
      weight: toNumber(read('cpu', 'cpu.shares')),
      usageSeconds: inSeconds(toNumber(read('cpuacct', 'cpuacct.usage')), 1e9),
      throttledSeconds: inSeconds(field(read('cpu', 'cpu.stat'), 'throttled_time'), 1e9),
    },
    memory: {
      limitBytes: limit(read('memory', 'memory.limit_in_bytes')),
      usageBytes: toNumber(read('memory', 'memory.usage_in_bytes')),
      reclaimableBytes: field(read('memory', 'memory.stat'), 'total_inactive_file'),
      peakBytes: toNumber(read('memory', 'memory.max_usage_in_bytes')),
    },
    pids: { limit: limit(read('pids', 'pids.max')), current: toNumber(read('pids', 'pids.current')) },
  }
}

/** cgroup-v2: one folder for all controllers (kernel: admin-guide/cgroup-v2). */
export function cgroupV2Values(read: Read): CgroupValues {
  const [quota, period] = read('cpu', 'cpu.max')?.trim().split(' ') ?? []
  const cpuStat = read('cpu', 'cpu.stat')
  return {
    cpu: {
      limitCpus: quota === undefined || period === undefined ? null : quota === 'max' ? 'unlimited' : Number(quota) / Number(period),
      weight: toNumber(read('cpu', 'cpu.weight')),
      usageSeconds: inSeconds(field(cpuStat, 'usage_usec'), 1e6),
      throttledSeconds: inSeconds(field(cpuStat, 'throttled_usec'), 1e6),
    },
    memory: {
      limitBytes: limit(read('memory', 'memory.max')),
      usageBytes: toNumber(read('memory', 'memory.current')),
      reclaimableBytes: field(read('memory', 'memory.stat'), 'inactive_file'),
      peakBytes: toNumber(read('memory', 'memory.peak')),
    },
    pids: { limit: limit(read('pids', 'pids.max')), current: toNumber(read('pids', 'pids.current')) },
  }
}

function toNumber(text: string | null): number | null {
  const trimmed = text?.trim() ?? ''
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : null
}

function limit(text: string | null): Limit {
  const value = toNumber(text)
  return text?.trim() === 'max' || (value !== null && value >= NO_LIMIT_BYTES) ? 'unlimited' : value
}

/** Divided, not multiplied by 1e-9: that would add digits which the kernel did not write. */
const inSeconds = (value: number | null, perSecond: number): number | null => value === null ? null : value / perSecond

/** One line `name value` of a flat keyed file. */
const field = (text: string | null, name: string): number | null =>
  toNumber(text?.match(new RegExp(`^${name} (\\d+)$`, 'm'))?.[1] ?? null)
