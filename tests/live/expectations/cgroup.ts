import { expect } from 'vitest'
import { cgroupOf } from '../oracles/cgroup'
import { firstPid, type Look, take } from '../take'
import { expectBetween } from './between'

/** The limits in the files of its control group; usage between what it was before and after. */
export async function expectCgroup({ snapshot }: Look): Promise<void> {
  const before = await cgroupOf(firstPid(snapshot))
  const { cgroup } = await take(snapshot.container.id)
  const after = await cgroupOf(firstPid(snapshot))
  expect({ version: cgroup.version, limits: { cpus: cgroup.cpu.limitCpus, memoryBytes: cgroup.memory.limitBytes, pids: cgroup.pids.limit } })
    .toEqual({ version: after.version, limits: after.limits })
  expectBetween(cgroup.cpu.usageSeconds, [before.usage.cpuSeconds, after.usage.cpuSeconds], 0)
  expect([before.usage.pids, after.usage.pids]).toContain(cgroup.pids.current)
  // Memory goes up and down between two looks; version 1 counts it in batches of 64 pages for each processor.
  expectBetween(cgroup.memory.usageBytes, [before.usage.memoryBytes, after.usage.memoryBytes], 1024 ** 2)
}
