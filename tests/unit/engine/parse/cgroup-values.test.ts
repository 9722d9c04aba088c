import { describe, expect, it } from 'vitest'
import { cgroupV1Values, cgroupV2Values } from '../../../../engine/parse/cgroup-values'

const files = (texts: Record<string, string>) => (controller: string, file: string): string | null => texts[file] ?? texts[`${controller}/${file}`] ?? null

describe('control group, version 1', () => {
  it('reads limits and usage in bytes, seconds and processors', () => {
    expect(cgroupV1Values(files({
      'cpu.cfs_quota_us': '50000\n',
      'cpu.cfs_period_us': '100000\n',
      'cpu.shares': '1024\n',
      'cpuacct.usage': '147955737\n',
      'cpu.stat': 'nr_periods 5\nnr_throttled 1\nthrottled_time 2500000000\n',
      'memory.limit_in_bytes': '67108864\n',
      'memory.usage_in_bytes': '21458944\n',
      'memory.max_usage_in_bytes': '24408064\n',
      'memory.stat': 'inactive_file 1\ntotal_inactive_file 4096\n',
      'pids.max': '100\n',
      'pids.current': '33\n',
    }))).toEqual({
      cpu: { limitCpus: 0.5, weight: 1024, usageSeconds: 0.147955737, throttledSeconds: 2.5 },
      memory: { limitBytes: 67108864, usageBytes: 21458944, reclaimableBytes: 4096, peakBytes: 24408064 },
      pids: { limit: 100, current: 33 },
    })
  })

  it('knows the kernel\'s words for no limit', () => {
    expect(cgroupV1Values(files({ 'cpu.cfs_quota_us': '-1\n', 'cpu.cfs_period_us': '100000\n', 'memory.limit_in_bytes': '9223372036854771712\n', 'pids.max': 'max\n' }))).toMatchObject({
      cpu: { limitCpus: 'unlimited' }, memory: { limitBytes: 'unlimited' }, pids: { limit: 'unlimited' },
    })
  })

  it('leaves unknown what has no file', () => {
    expect(cgroupV1Values(() => null)).toEqual({
      cpu: { limitCpus: null, weight: null, usageSeconds: null, throttledSeconds: null },
      memory: { limitBytes: null, usageBytes: null, reclaimableBytes: null, peakBytes: null },
      pids: { limit: null, current: null },
    })
  })
})

describe('control group, version 2', () => {
  it('reads the same facts from its own files', () => {
    expect(cgroupV2Values(files({
      'cpu.max': '150000 100000\n',
      'cpu.weight': '100\n',
      'cpu.stat': 'usage_usec 2500000\nuser_usec 1\nthrottled_usec 500000\n',
      'memory.max': 'max\n',
      'memory.current': '4096\n',
      'memory.peak': '8192\n',
      'memory.stat': 'anon 1\ninactive_file 512\n',
      'pids.max': 'max\n',
      'pids.current': '1\n',
    }))).toEqual({
      cpu: { limitCpus: 1.5, weight: 100, usageSeconds: 2.5, throttledSeconds: 0.5 },
      memory: { limitBytes: 'unlimited', usageBytes: 4096, reclaimableBytes: 512, peakBytes: 8192 },
      pids: { limit: 'unlimited', current: 1 },
    })
  })

  it('knows a group without a CPU limit', () => {
    expect(cgroupV2Values(files({ 'cpu.max': 'max 100000\n' })).cpu.limitCpus).toBe('unlimited')
  })
})
