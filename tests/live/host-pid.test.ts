import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { itIsWhatTheHostSays } from './expectations/every-part'
import { stableProcesses } from '../../verify/look'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'host-pid', flags: ['--pid=host'] })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheHostSays(() => look)

it('is in the PID namespace of the host', () => {
  expect(look.snapshot.namespaces.find(({ type }) => type === 'pid')?.verdict).toBe('host')
})

it('sees every process of the host, with one PID for both sides', () => {
  const { processes, processCounts } = look.snapshot
  const stable = stableProcesses(look)
  const isStable = new Set(stable.map(({ pid }) => pid))
  expect(processes.filter(({ pid }) => isStable.has(pid ?? 0)).map(({ pid, hostPid, ppid }) => ({ pid, hostPid, ppid })))
    .toEqual(stable.map(({ pid, ppid }) => ({ pid, hostPid: pid, ppid })).sort((a, b) => a.pid - b.pid))
  expect(processCounts).toEqual({ inside: processes.length, host: processes.length })
})

it('tells its own process from those of the host and of other containers', () => {
  const { processes, container } = look.snapshot
  expect(processes.filter(({ owner }) => owner === 'this-container').map(({ hostPid, command }) => ({ hostPid, command })))
    .toEqual([{ hostPid: container.hostPid, command: 'sleep' }])
  const owners = new Map(look.after.members.flatMap(({ id, name, pids }) => id === container.id ? [] : [...pids].map((pid): [number, string] => [pid, name])))
  const others = processes.filter(({ owner, hostPid }) => owner === 'other-container' && look.after.processes.has(hostPid ?? 0))
  expect(others.map(({ hostPid, ownerName }) => [hostPid, ownerName])).toEqual(others.map(({ hostPid }) => [hostPid, owners.get(hostPid ?? 0) ?? null]))
  expect(processes.find(({ pid }) => pid === process.pid)?.owner).toBe('host')
})
