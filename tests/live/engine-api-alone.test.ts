import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/model/snapshot'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { exportedFiles } from '../../verify/oracles/files'
import { hostNamespaces, namespacesByReadlink } from '../../verify/oracles/namespaces'
import { start, untilProcesses } from './start'
import { firstPid } from '../../verify/look'
import { here, take } from './take'

/** As if the engine were on another kernel: there is no /proc in which its PIDs mean anything. */
const ELSEWHERE = { procRoot: '/nonexistent' }

let snapshot: Snapshot
let onHost: Snapshot
beforeAll(async () => {
  const { id } = await start({ name: 'api-alone', flags: ['--memory=64m', '--cpus=0.5'] })
  await docker('exec', '--detach', id, 'sleep', '9999')
  await untilProcesses(id, 2)
  const joined = await start({ name: 'api-host', flags: ['--network=host', '--pid=host', '--ipc=host', '--uts=host'] })
  snapshot = await take(id, ELSEWHERE)
  onHost = await take(joined.id, ELSEWHERE)
})
afterAll(removeAll)

it('does not take this computer for the engine\'s', () => {
  expect(snapshot.host.where).toBe('engine-machine')
})

it('has the inodes that readlink shows on the engine\'s machine, and only verdicts that are certain', async () => {
  const container = await namespacesByReadlink(here, firstPid(snapshot))
  expect(Object.fromEntries(snapshot.namespaces.map(({ type, container: inode }) => [type, inode]))).toEqual(container)
  expect(Object.fromEntries(snapshot.namespaces.map(({ type, verdict }) => [type, verdict]))).toEqual({
    // Nothing that the engine reports tells the host's own mount namespace; every container gets its own, but that is not proof.
    mnt: 'unknown',
    pid: 'private',
    net: 'private',
    ipc: 'private',
    uts: 'private',
    user: 'host',
    // cgroup version 1 has the host's by default, version 2 a private one.
    cgroup: container.cgroup === (await hostNamespaces(here)).cgroup ? 'host' : 'private',
    time: 'host',
  })
})

it('names the host\'s inode only where the kernel fixes it, and then rightly', async () => {
  const host = await hostNamespaces(here)
  const named = snapshot.namespaces.filter(({ host: inode }) => inode !== null)
  expect(Object.fromEntries(named.map(({ type, host: inode }) => [type, inode]))).toEqual(Object.fromEntries(named.map(({ type }) => [type, host[type]])))
  expect(snapshot.namespaces.filter(({ host: inode, hostSource }) => inode === null && hostSource.unknownBecause === null)).toEqual([])
})

it('knows a container in the host\'s namespaces', () => {
  expect(Object.fromEntries(onHost.namespaces.map(({ type, verdict }) => [type, verdict])))
    .toMatchObject({ pid: 'host', net: 'host', ipc: 'host', uts: 'host', user: 'host' })
  expect(onHost.processCounts).toEqual({ inside: null, host: null })
})

it('lists the processes that docker top lists, with PIDs of the engine\'s machine alone', async () => {
  const lines = (await docker('top', snapshot.container.id, '-eo', 'pid,ppid,uid,comm')).split('\n').slice(1).map(line => line.trim().split(/ +/))
  expect(snapshot.processes.map(({ pid, ppid, uid, hostPid, hostPpid, hostUid, command }) => ({ inside: [pid, ppid, uid], onHost: [String(hostPid), String(hostPpid), String(hostUid), command] })))
    .toEqual(lines.map(line => ({ inside: [null, null, null], onHost: line })))
  expect(snapshot.processCounts).toEqual({ inside: 2, host: null })
  expect(snapshot.hostProcesses).toEqual([])
})

it('has the files that docker export and tar list', async () => {
  const { files } = snapshot
  expect({ rootNames: files.rootInside?.map(({ name }) => name).sort(), entryCount: files.entryCount, sizeBytes: files.sizeBytes, rootHost: files.rootHost })
    .toEqual({ ...await exportedFiles(here, snapshot.container.id), rootHost: null })
})

it('has the declared limits, and no usage', () => {
  expect(snapshot.cgroup).toMatchObject({ cpu: { limitCpus: 0.5, usageSeconds: null }, memory: { limitBytes: 64 * 1024 ** 2, usageBytes: null } })
})

it('claims nothing else, and says why', () => {
  const { security, users, network, hostname, evidence } = snapshot
  expect({ security: [security.capabilities, security.seccomp, security.hasNoNewPrivileges, security.lsmLabel, security.isRootReadOnly], users: [users.inside, users.host, users.uidMap, users.main.uid], network: [network.inside, network.host] })
    .toEqual({ security: [null, null, null, null, null], users: [null, null, null, null], network: [null, null] })
  const silent = (['hostProcesses', 'processCounts.host', 'files.rootHost', 'network.inside', 'network.host', 'users.inside', 'users.host', 'users.idMaps', 'cgroup', 'security'] as const)
    .filter(fact => evidence[fact].unknownBecause === null)
  expect(silent).toEqual([])
  // Declared, not read from the kernel, and said to be.
  expect(hostname.inside).toBe(snapshot.container.id.slice(0, 12))
  expect(evidence['hostname.inside'].detail).toMatch(/as declared/)
})
