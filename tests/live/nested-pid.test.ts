import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { linesOf } from '../../verify/oracles/run'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
let guest: ChildProcess
beforeAll(async () => {
  const { id } = await start({ name: 'nested-pid', flags: ['--cap-add=SYS_ADMIN'], command: ['sh', '-c', 'unshare -p -f sleep 9998 & exec sleep 10000'], processes: 3 })
  const nested = (await docker('top', id, '-eo', 'pid,args')).split('\n').find(line => /^\d+ +sleep 9998$/.test(line))?.split(' ')[0] ?? ''
  // From the host into the innermost namespace: its parent is outside of the container. Its real user is not the effective one.
  guest = spawn('nsenter', [`--target=${nested}`, '--pid', '--', 'setpriv', '--ruid=1000', 'sleep', '9997'], { stdio: 'ignore' })
  await vi.waitUntil(async () => (await linesOf(here, 'ps', '-e', '-o', 'args=')).includes('sleep 9997'))
  look = await lookAt(id)
})
afterAll(async () => {
  await removeAll()
  guest.kill()
})

itIsWhatTheOraclesSay(() => look)

it('sees what runs one level further in, with its PID of the container\'s own level', () => {
  const { processes, container } = look.snapshot
  expect(processes.map(({ args, ppid, owner }) => ({ args: args.join(' '), ppid: ppid === 0 ? 0 : 'inside', owner }))).toEqual(expect.arrayContaining([
    { args: 'sleep 10000', ppid: 0, owner: 'this-container' },
    { args: 'unshare -p -f sleep 9998', ppid: 'inside', owner: 'this-container' },
    { args: 'sleep 9998', ppid: 'inside', owner: 'this-container' },
    { args: 'sleep 9997', ppid: 0, owner: 'host' },
  ]))
  expect(new Set(processes.map(({ pid }) => pid)).size).toBe(4)
  expect(look.snapshot.hostProcesses.filter(({ containerId }) => containerId === container.id)).toHaveLength(3)
})
