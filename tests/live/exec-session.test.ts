import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start, untilProcesses } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'exec-session', flags: ['--workdir=/home/app'] })
  await docker('exec', '--detach', '--user=1000', id, 'sh', '-c', 'sleep 9999 & wait')
  await untilProcesses(id, 3)
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('gives an exec\'d process parent 0, as its parent is outside, and its child the right one', () => {
  const { processes } = look.snapshot
  const shell = processes.find(({ command }) => command === 'sh')
  expect(processes.map(({ ppid, uid, user, args }) => ({ ppid, uid, user, args }))).toEqual([
    { ppid: 0, uid: 0, user: 'root', args: ['sleep', '10000'] },
    { ppid: 0, uid: 1000, user: 'app', args: ['sh', '-c', 'sleep 9999 & wait'] },
    { ppid: shell?.pid, uid: 1000, user: 'app', args: ['sleep', '9999'] },
  ])
  expect(processes.every(({ owner }) => owner === 'this-container')).toBe(true)
})
