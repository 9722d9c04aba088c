import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readCgroupOf } from '../../engine/collect/read-cgroup'
import { localProc } from '../../engine/sources/local-proc'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { linesOf } from '../../verify/oracles/run'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
beforeAll(async () => {
  // sleep never waits for the children that it got with the process it replaces.
  const { id } = await start({ name: 'zombies', command: ['sh', '-c', 'true & false & exec sleep 10000'] })
  const hostPid = await docker('inspect', '--format', '{{.State.Pid}}', id)
  await vi.waitUntil(async () => (await linesOf(here, 'ps', '--ppid', hostPid, '-o', 'stat=')).filter(state => state.startsWith('Z')).length === 2)
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('counts the dead children as its own, without memory or arguments', () => {
  expect(look.snapshot.processes.map(({ ppid, state, owner, args, rssBytes }) => ({ ppid, state, owner, args, rssBytes })).slice(1)).toEqual([
    { ppid: 1, state: 'Z', owner: 'this-container', args: [], rssBytes: 0 },
    { ppid: 1, state: 'Z', owner: 'this-container', args: [], rssBytes: 0 },
  ])
  const onHost = look.snapshot.hostProcesses.filter(({ ppid }) => ppid === look.snapshot.container.hostPid)
  expect(onHost.map(({ containerId }) => containerId)).toEqual([look.snapshot.container.id, look.snapshot.container.id])
})

it('does not take the root, where control groups of version 1 show what has ended, for the group of a dead process', async () => {
  const [zombie] = look.snapshot.hostProcesses.filter(({ ppid, state }) => ppid === look.snapshot.container.hostPid && state === 'Z')
  expect(zombie).toBeDefined()
  const found = await readCgroupOf(localProc('/proc'), zombie?.pid ?? 0)
  expect([undefined, look.snapshot.cgroup.path]).toContain(found?.files.path)
})
