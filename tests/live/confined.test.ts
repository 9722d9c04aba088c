import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const flags = ['--read-only', '--memory=64m', '--cpus=0.5', '--pids-limit=20', '--security-opt=no-new-privileges', '--cap-drop=ALL', '--user=1000', '--network=none']
  const { id } = await start({ name: 'confined', flags })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('is as confined as it was asked to be', () => {
  const { cgroup, security, users, container, network } = look.snapshot
  expect({
    memory: cgroup.memory.limitBytes,
    cpus: cgroup.cpu.limitCpus,
    pids: cgroup.pids.limit,
    declared: container.limits,
    readOnly: [security.isRootReadOnly, container.isReadOnlyRoot],
    noNewPrivileges: security.hasNoNewPrivileges,
    capabilities: [security.capabilities?.effective, security.capabilities?.bounding],
    user: [users.main.uid, users.main.user, users.main.hostUid],
    interfaces: network.inside?.interfaces.map(({ name }) => name),
  }).toEqual({
    memory: 64 * 1024 ** 2,
    cpus: 0.5,
    pids: 20,
    declared: { memoryBytes: 64 * 1024 ** 2, cpus: 0.5, pids: 20 },
    readOnly: [true, true],
    noNewPrivileges: true,
    capabilities: [[], []],
    user: [1000, 'app', 1000],
    interfaces: ['lo'],
  })
})
