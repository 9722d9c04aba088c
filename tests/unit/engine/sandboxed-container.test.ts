import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { takeSnapshot } from '../../../engine/snapshot'
import { localProc } from '../../../engine/sources/local-proc'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace-type'
import { Snapshot } from '../../../shared/model/snapshot'
import { fixture } from '../../support/fixture'
import { engineThatAnswers } from '../../support/scene'
import { tempFolder } from '../../support/temp-folder'

/** As Docker 20.10.24 answered for the sample container, which runc runs there. */
const captured = (name: string) => JSON.parse(fixture(`docker/20.10/${name}.json`))
const PID = captured('inspect-nodeapp').State.Pid

/** A procfs in which that container's first process is in private namespaces, the host's first one in its own. */
function procWithContainer(): string {
  const root = tempFolder()
  const add = (pid: number, cgroup: string, inode: number): void => {
    mkdirSync(join(root, String(pid), 'ns'), { recursive: true })
    for (const name of ['stat', 'status', 'cmdline'])
      writeFileSync(join(root, String(pid), name), fixture(`proc/debian-12/nodeapp/${name}`).replace(/^\d+ \(/, `${pid} (`), 'latin1')
    writeFileSync(join(root, String(pid), 'cgroup'), cgroup)
    for (const [index, type] of NAMESPACE_TYPES.entries())
      symlinkSync(`${type}:[${inode + index}]`, join(root, String(pid), 'ns', type))
  }
  add(1, '0::/init.scope\n', 4026531830)
  add(PID, `0::/docker/${captured('inspect-nodeapp').Id}\n`, 4026532800)
  return root
}

async function snapshotWith(runtime: string, runtimes: object): Promise<Snapshot> {
  const inspect = captured('inspect-nodeapp')
  inspect.HostConfig.Runtime = runtime
  const docker = engineThatAnswers({ version: { Version: '20.10.24', ApiVersion: '1.41' }, info: { ...captured('info'), ...runtimes }, list: captured('list-nodeapp'), inspect, changes: [] })
  return Snapshot.parse(await takeSnapshot({
    docker, sources: { local: localProc(procWithContainer()), helper: async () => null }, platform: 'linux', containerId: inspect.Id, isoscopeVersion: '0', now: () => new Date(0), signal: new AbortController().signal,
  }))
}
const verdicts = ({ namespaces }: Snapshot): Set<string> => new Set(namespaces.map(({ verdict }) => verdict))

it('takes a container of runc for what the kernel shows', async () => {
  const snapshot = await snapshotWith('runc', {})
  expect([verdicts(snapshot), snapshot.processCounts.host, snapshot.problems.map(({ code }) => code)])
    .toEqual([new Set(['private']), 2, expect.not.arrayContaining(['CONTAINER_IN_SANDBOX'])])
})

it.each([
  ['gVisor', 'runsc', /kernel of its own as a program/],
  ['gVisor under another name', 'strict', /kernel of its own as a program/],
  ['Kata Containers', 'io.containerd.kata.v2', /virtual machine of Kata Containers/],
])('does not take the process of the sandbox for those inside: %s', async (_, runtime, because) => {
  const snapshot = await snapshotWith(runtime, { Runtimes: { runc: { path: 'runc' }, runsc: { path: '/usr/local/bin/runsc' }, strict: { path: '/usr/local/bin/runsc' } } })
  const { processes, processCounts, hostProcesses, evidence, network, users, security, cgroup } = snapshot
  expect(verdicts(snapshot)).toEqual(new Set(['unknown']))
  expect({ processes, inside: processCounts.inside, network: network.inside, users: users.inside, capabilities: security.capabilities, cgroup: cgroup.path })
    .toEqual({ processes: [], inside: null, network: null, users: null, capabilities: null, cgroup: null })
  // The host has its own processes still: the one of the sandbox is among them, as the container's.
  expect([processCounts.host, hostProcesses.map(({ containerName }) => containerName)]).toEqual([2, [null, 'nodeapp-container']])
  for (const fact of ['processes', 'processCounts.inside', 'network.inside', 'users.inside', 'cgroup', 'security'] as const)
    expect([fact, evidence[fact].unknownBecause]).toEqual([fact, expect.stringMatching(because)])
  expect(snapshot.problems).toContainEqual(expect.objectContaining({ code: 'CONTAINER_IN_SANDBOX', what: expect.stringMatching(because) }))
})
