import { expect } from 'vitest'
import type { HostProcess } from '../../../shared/model/process'
import type { PsLine } from '../oracles/host-processes'
import type { Look } from '../take'
import { expectBetween } from './between'
import { stableMembers, stableProcesses } from './stable'

/**
 * ps has its own ways to print what cannot be printed, so such names are not compared here (weird-processes.test.ts does it with
 * their bytes). A kernel worker is renamed with every piece of work: only its own name is compared.
 */
const comparable = (command: string): string => command.replace(/^(kworker\/[^-+]*).*$/, '$1')

const fromRow = ({ pid, ppid, uid, command }: HostProcess) => ({ pid, ppid, uid, command: command.includes('\\') ? null : comparable(command) })

const fromPs = (rows: ReadonlyMap<number, HostProcess>) => ({ pid, ppid, euid, command }: PsLine) =>
  ({ pid, ppid, uid: euid, command: rows.get(pid)?.command.includes('\\') ? null : comparable(command) })

const byPid = (a: { pid: number }, b: { pid: number }): number => a.pid - b.pid

/** The same processes as `ps -e`, apart from those that started or ended meanwhile; whose they are as `docker top` says. */
export function expectHostProcesses({ snapshot, before, after }: Look): void {
  const { hostProcesses, processCounts } = snapshot
  const stable = stableProcesses(before, after)
  const rows = new Map(hostProcesses.map(row => [row.pid, row]))
  const isStable = new Set(stable.map(({ pid }) => pid))
  expect(hostProcesses.filter(({ pid }) => isStable.has(pid)).map(fromRow)).toEqual(stable.map(fromPs(rows)).sort(byPid))
  expect(processCounts.host).toBe(hostProcesses.length)

  // One that ps saw at neither moment has to have started since the first: by the clock, ticks and boot time both rounded down.
  const unknownToPs = hostProcesses.filter(({ pid }) => !before.processes.has(pid) && !after.processes.has(pid))
  expect(unknownToPs.filter(({ startedAt }) => new Date(startedAt ?? 0).getTime() < before.at.getTime() - 2000)).toEqual([])

  const owners = new Map(stableMembers(before, after).flatMap(({ id, pids }) => [...pids].map((pid): [number, string] => [pid, id])))
  const owned = hostProcesses.filter(({ pid }) => owners.has(pid) && isStable.has(pid))
  expect(owned.map(({ pid, containerId }) => [pid, containerId])).toEqual(owned.map(({ pid }) => [pid, owners.get(pid)]))
}

/** Start, memory, threads and processor time of the container's own processes, as ps has them. */
export function expectMeasures({ snapshot, before, after }: Look): void {
  for (const row of snapshot.processes.filter(({ owner }) => owner === 'this-container')) {
    const earlier = before.processes.get(row.hostPid ?? 0)
    const later = after.processes.get(row.hostPid ?? 0)
    if (!earlier || !later || later.command !== earlier.command)
      continue
    // `lstart` is a whole second, and so is the moment of boot that a start is counted from.
    expect(Math.abs(new Date(row.startedAt ?? 0).getTime() - later.startedAt.getTime())).toBeLessThanOrEqual(1000)
    // `cputimes` is cut to whole seconds.
    expect(row.cpuSeconds).toBeGreaterThanOrEqual(earlier.cpuSeconds)
    expect(row.cpuSeconds).toBeLessThan(later.cpuSeconds + 1)
    // The kernel adds up its counters of each processor from time to time, and the program runs on: 1 MiB either way.
    expectBetween(row.rssBytes, [earlier.rssKibibytes * 1024, later.rssKibibytes * 1024], 1024 ** 2)
    expect([earlier.threads, later.threads]).toContain(row.threadCount)
  }
}
