import { readlink } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/model/snapshot'
import { asNobody } from '../support/as-nobody'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { compareHostProcesses } from '../../verify/facts/host-processes'
import { expectSame } from './expectations/expect-same'
import { compareInsideProcesses } from '../../verify/facts/inside-processes'
import { cgroupOf } from '../../verify/oracles/cgroup'
import { exportedFiles } from '../../verify/oracles/files'
import { interfacesOf } from '../../verify/oracles/network'
import { capabilitiesOf } from '../../verify/oracles/security'
import { start, untilProcesses } from './start'
import { firstPid, type Look } from '../../verify/look'
import { here, lookAt, take } from './take'

let look: Look
let joined: Snapshot
let owner: StartedContainer
beforeAll(async () => {
  owner = await start({ name: 'unprivileged', flags: ['--memory=64m', '--cap-drop=NET_RAW'] })
  await docker('exec', '--detach', owner.id, 'sleep', '9999')
  await untilProcesses(owner.id, 2)
  const { id } = await start({ name: 'unprivileged-joined', flags: [`--pid=container:${owner.id}`] })
  joined = await asNobody(() => take(id))
  await docker('rm', '--force', id)
  const surroundings = await lookAt(owner.id)
  look = { ...surroundings, snapshot: await asNobody(() => take(owner.id)), after: (await lookAt(owner.id)).after }
})
afterAll(removeAll)

it('is asked without the right to look at namespaces', async () => {
  const refused = asNobody(() => readlink(`/proc/${firstPid(look.snapshot)}/ns/pid`))
  await expect(refused).rejects.toMatchObject({ code: 'EACCES' })
})

it('says of all eight namespaces that it does not know, and why', () => {
  expect(look.snapshot.namespaces.map(({ container, verdict, sharedWith }) => ({ container, verdict, sharedWith })))
    .toEqual(Array.from({ length: 8 }, () => ({ container: null, verdict: 'unknown', sharedWith: [] })))
  expect(look.snapshot.namespaces.filter(({ source }) => source.unknownBecause === null)).toEqual([])
})

it('lists processes on both sides all the same: those files are for everyone', async () => {
  // This process itself was nobody at that moment, and root when ps looked.
  const hostProcesses = look.snapshot.hostProcesses.map(row => row.pid === process.pid && row.uid === 65534 ? { ...row, uid: 0 } : row)
  expectSame({ ...look, snapshot: { ...look.snapshot, hostProcesses } }, compareHostProcesses)
  await expectSame(look, compareInsideProcesses)
})

it('does not claim to see all of a PID namespace that it cannot tell from others', async () => {
  // The first process of `joined` sees its own two and those of the owner; without the inode nothing tells which they are.
  expect(joined.processCounts.inside).toBeNull()
  expect(joined.evidence['processCounts.inside'].unknownBecause).not.toBeNull()
})

it('has limits, capabilities and addresses as the oracles do', async () => {
  const { cgroup, security, network } = look.snapshot
  const hostPid = firstPid(look.snapshot)
  expect(cgroup.memory.limitBytes).toBe((await cgroupOf(here, hostPid)).limits.memoryBytes)
  expect([...security.capabilities?.effective ?? []].sort()).toEqual((await capabilitiesOf(here, hostPid)).effective)
  expect(network.inside?.interfaces.map(({ name, addresses }) => ({ name, addresses: [...addresses].sort() })).sort((a, b) => a.name < b.name ? 1 : -1))
    .toEqual((await interfacesOf(here, hostPid)).map(({ name, addresses }) => ({ name, addresses })).sort((a, b) => a.name < b.name ? 1 : -1))
})

it('reads the files from the engine, and says so', async () => {
  const { files, evidence } = look.snapshot
  expect({ rootNames: files.rootInside?.map(({ name }) => name).sort(), entryCount: files.entryCount, sizeBytes: files.sizeBytes })
    .toEqual(await exportedFiles(here, owner.id))
  expect(evidence['files.size']).toMatchObject({ source: 'engine-api', unknownBecause: null })
})

it('leaves open what it may not read: accounts inside are unknown, not none', () => {
  const { users, evidence } = look.snapshot
  expect(users.inside).toBeNull()
  expect(evidence['users.inside'].unknownBecause).toMatch(/no permission/)
})
