import { isBetween, isOneOf, type Ledger } from '../ledger'
import type { Look } from '../look'
import { cgroupOf } from '../oracles/cgroup'
import { firstPid } from '../look'

/** The limits in the files of its control group; usage between what it was before and after, and unknown where the group is not the container's alone. */
export async function compareCgroup({ machine, snapshot, before, after }: Look, { compare }: Ledger): Promise<void> {
  const { cgroup, evidence } = snapshot
  const hostPid = firstPid(snapshot)
  const because = evidence.cgroup.unknownBecause
  const now = { unknownBecause: because, command: `cat /proc/${hostPid}/cgroup; cat ${evidence.cgroup.detail}/…` }
  const found = async () => cgroupOf(machine, hostPid)
  const ends = async (key: 'cpuSeconds' | 'memoryBytes' | 'pids'): Promise<number[]> => {
    if (before.cgroup === null || after.cgroup === null)
      throw new Error('its control group could not be read')
    return [before.cgroup.usage[key], after.cgroup.usage[key]]
  }
  await compare({ ...now, fact: 'cgroup.version', seen: cgroup.version, expected: async () => (await found()).version })
  await compare({ ...now, fact: 'cgroup.cpu.limitCpus', seen: cgroup.cpu.limitCpus, expected: async () => (await found()).limits.cpus })
  await compare({ ...now, fact: 'cgroup.memory.limitBytes', seen: cgroup.memory.limitBytes, expected: async () => (await found()).limits.memoryBytes })
  await compare({ ...now, fact: 'cgroup.pids.limit', seen: cgroup.pids.limit, expected: async () => (await found()).limits.pids })
  await compare({ ...now, fact: 'cgroup.cpu.weight', seen: cgroup.cpu.weight, expected: async () => (await found()).weight })
  if (before.cgroup?.isOfOthersToo) {
    await compare({ ...now, fact: 'cgroup.usage', seen: [cgroup.cpu.usageSeconds, cgroup.memory.usageBytes, cgroup.pids.current], expected: () => [null, null, null] })
    return
  }
  await compare({ ...now, fact: 'cgroup.cpu.usageSeconds', seen: cgroup.cpu.usageSeconds, expected: () => ends('cpuSeconds'), isSame: isBetween(0) })
  // Memory goes up and down between two looks; version 1 counts it in batches of 64 pages for each processor.
  await compare({ ...now, fact: 'cgroup.memory.usageBytes', seen: cgroup.memory.usageBytes, expected: () => ends('memoryBytes'), isSame: isBetween(1024 ** 2) })
  await compare({ ...now, fact: 'cgroup.pids.current', seen: cgroup.pids.current, expected: () => ends('pids'), isSame: isOneOf })
}
