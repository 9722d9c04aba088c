import { describe, expect, it } from 'vitest'
import { parseStats, RawStats } from '../../../../engine/parse/docker-stats'

const READ = '2026-11-24T16:00:00.123456789Z'
const parse = (frame: object) => parseStats(RawStats.parse(frame))

describe('parseStats', () => {
  it('reads what a container uses, in the shape of API 1.41', () => {
    expect(parse({
      read: READ, preread: READ, num_procs: 0, storage_stats: {},
      pids_stats: { current: 11 },
      cpu_stats: { cpu_usage: { total_usage: 81_250_000_000, percpu_usage: [1, 2] }, system_cpu_usage: 9, online_cpus: 2 },
      memory_stats: { usage: 13_762_560, max_usage: 14_000_000, limit: 2 ** 63, stats: { total_inactive_file: 0 } },
    })).toEqual({ cpuSeconds: 81.25, memoryBytes: 13_762_560, pids: 11, readAtSeconds: Date.UTC(2026, 10, 24, 16, 0, 0, 123) / 1000 })
  })

  it('has no sample in the frame of zeros that an engine sends of a container that has ended', () => {
    expect(parse({ read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {}, pids_stats: {} })).toBeNull()
  })

  it.each([
    ['no controller at all', { cpu_stats: {}, memory_stats: {}, pids_stats: {} }],
    ['not even their names', {}],
    ['what is no amount', { cpu_stats: { cpu_usage: { total_usage: -1 } }, memory_stats: { usage: 2 ** 63 }, pids_stats: { current: 1.8e19 } }],
  ])('knows nothing of %s, and says no zero', (_, frame) => {
    expect(parse({ read: READ, ...frame })).toEqual({ cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: Date.parse(READ) / 1000 })
  })
})
