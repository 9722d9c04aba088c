import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { compareHostProcesses } from '../../verify/facts/host-processes'
import { expectSame } from './expectations/expect-same'
import { exportedFiles, changes, rootNames } from '../../verify/oracles/files'
import { hostNamespaces } from '../../verify/oracles/namespaces'
import { start } from './start'
import { type Look } from '../../verify/look'
import { here, lookAt } from './take'

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'stopped' })
  await docker('exec', id, 'sh', '-c', 'echo new > /home/app/new; rm /etc/group; ln /home/app/new /home/app/twin')
  await docker('kill', id)
  await docker('wait', id)
  look = await lookAt(id)
})
afterAll(removeAll)

it('is known to have exited', () => {
  const { state, hostPid, exitCode } = look.snapshot.container
  expect({ state, hostPid, exitCode }).toEqual({ state: 'exited', hostPid: null, exitCode: 137 })
})

it('has no process, which is known: the engine says that none runs', () => {
  const { processes, processCounts, evidence } = look.snapshot
  expect({ processes, inside: processCounts.inside, because: evidence['processCounts.inside'].unknownBecause }).toEqual({ processes: [], inside: 0, because: null })
  expect(evidence['processCounts.inside'].detail).toMatch(/State\.Pid is 0/)
})

it('has no namespace of which anything could be said, beside those of the host', async () => {
  const host = await hostNamespaces(here)
  expect(look.snapshot.namespaces.map(({ type, container, host: inode, verdict }) => ({ type, container, host: inode, verdict })))
    .toEqual(Object.entries(host).map(([type, inode]) => ({ type, container: null, host: inode, verdict: 'unknown' })))
})

it('lists the processes of the host all the same', () => {
  expectSame(look, compareHostProcesses)
})

it('has the files that docker export and tar list', async () => {
  const { files } = look.snapshot
  expect({ rootNames: files.rootInside?.map(({ name }) => name).sort(), entryCount: files.entryCount, sizeBytes: files.sizeBytes })
    .toEqual(await exportedFiles(here, look.snapshot.container.id))
  expect(files.rootHost?.length).toBe((await rootNames(here, '/')).length)
})

it('has the changes of docker diff', async () => {
  const { changes: seen } = look.snapshot.files
  expect(seen && { added: [...seen.added].sort(), changed: [...seen.changed].sort(), deleted: [...seen.deleted].sort() }).toEqual(await changes(here, look.snapshot.container.id))
})

it('has no facts of a kernel that runs it: security, users and network are unknown, not empty', () => {
  const { security, users, network, cgroup } = look.snapshot
  expect({ capabilities: security.capabilities, seccomp: security.seccomp, uidMap: users.uidMap, main: users.main.uid, inside: network.inside, usage: cgroup.memory.usageBytes })
    .toEqual({ capabilities: null, seccomp: null, uidMap: null, main: null, inside: null, usage: null })
})
