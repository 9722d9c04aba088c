import { expect } from 'vitest'
import type { ProcessRow } from '../../../shared/model/process'
import { type InsideLine, insideProcesses, nestedPids } from '../oracles/inside-processes'
import { firstPid, type Look } from '../take'

export const rowsInside = (rows: readonly ProcessRow[]): InsideLine[] =>
  rows.map(({ pid, ppid, uid, command }) => ({ pid: pid ?? Number.NaN, ppid: ppid ?? Number.NaN, euid: uid ?? Number.NaN, command }))
    .sort((a, b) => a.pid - b.pid)

/** What ps sees in the container's PID namespace, each process with the host's PID that `grep NSpid` gives it. */
export async function expectInsideProcesses({ snapshot }: Look): Promise<void> {
  const hostPid = firstPid(snapshot)
  const expected = await insideProcesses(hostPid)
  expect(rowsInside(snapshot.processes)).toEqual(expected)
  expect(snapshot.processCounts.inside).toBe(expected.length)

  const pids = await nestedPids()
  const depth = (pids.get(hostPid)?.length ?? 0) - 1
  expect(snapshot.processes.map(({ pid, hostPid: onHost }) => ({ onHost, pid })))
    .toEqual(snapshot.processes.map(({ hostPid: onHost }) => ({ onHost, pid: pids.get(onHost ?? 0)?.[depth] })))
}
