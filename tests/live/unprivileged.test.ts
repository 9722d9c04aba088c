import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readlink } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Snapshot } from '../../shared/model/snapshot'
import { asNobody } from '../support/as-nobody'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { procWithout } from '../support/proc-without'
import { compareHostProcesses } from '../../verify/facts/host-processes'
import { expectSame } from './expectations/expect-same'
import { compareInsideProcesses } from '../../verify/facts/inside-processes'
import { cgroupOf } from '../../verify/oracles/cgroup'
import { exportedFiles } from '../../verify/oracles/files'
import { namespacesByReadlink } from '../../verify/oracles/namespaces'
import { interfacesOf } from '../../verify/oracles/network'
import { capabilitiesOf } from '../../verify/oracles/security'
import { start, untilProcesses } from './start'
import { firstPid, type Look } from '../../verify/look'
import { here, lookAt, take } from './take'

/** As it is where no other container runs, of whichever engine: any process of one may be in a namespace that may not be looked at. */
async function takeAlone(...others: number[]): Promise<Snapshot> {
  const own = (await docker('top', owner.id, '-eo', 'pid')).split('\n').map(Number)
  const procRoot = procWithout(pid => isInNamespaceOfItsOwn(pid) && ![...own, ...others].includes(pid))
  return asNobody(() => take(owner.id, { procRoot }))
}

/** By the PIDs that it has, one for each level down from here (proc_pid_status(5)). */
function isInNamespaceOfItsOwn(pid: number): boolean {
  try {
    return /^NSpid:\t\d+\t/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  }
  catch {
    return false
  }
}

/** The process that this one has started, as soon as it has. */
const untilChild = (pid: number | undefined): Promise<number> => vi.waitUntil(() => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]))

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

it('has the eight namespaces that the engine tells to whoever may ask it, and no verdict where nothing decides it', async () => {
  expect(look.snapshot.namespaces
    .reduce<Record<string, number | null>>((all, { type, container }) => ({ ...all, [type]: container }), {})).toEqual(await namespacesByReadlink(here, firstPid(look.snapshot)))
  expect(look.snapshot.namespaces.map(({ type, verdict, source: { step } }) => [type, verdict, step])).toEqual([
    ['mnt', 'unknown', 'engine-api'], ['pid', 'private', 'engine-api'], ['net', 'private', 'engine-api'], ['ipc', 'private', 'engine-api'],
    ['uts', 'private', 'engine-api'], ['user', 'host', 'engine-api'], ['cgroup', 'host', 'engine-api'], ['time', 'host', 'engine-api'],
  ])
  expect(look.snapshot.namespaces.filter(({ verdict, source }) => (verdict === 'unknown') !== (source.unknownBecause !== null))).toEqual([])
})

it('lists processes on both sides all the same: those files are for everyone', async () => {
  // This process itself was nobody at that moment, and root when ps looked.
  const hostProcesses = look.snapshot.hostProcesses.map(row => row.pid === process.pid && row.uid === 65534 ? { ...row, uid: 0 } : row)
  await expectSame({ ...look, snapshot: { ...look.snapshot, hostProcesses } }, compareHostProcesses)
  const alone = { ...look, snapshot: await takeAlone() }
  await expectSame({ ...alone, after: (await lookAt(owner.id)).after }, compareInsideProcesses)
})

it('lists who surely runs inside beside one who entered, of whom only root knows that', async () => {
  const entered = spawn('nsenter', [`--target=${firstPid(look.snapshot)}`, '--pid', 'sleep', '9996'])
  const enteredPid = await untilChild(entered.pid)
  try {
    const { processes, processCounts, evidence } = await takeAlone(enteredPid)
    expect(processes.map(({ args }) => args.join(' '))).toEqual(['sleep 10000', 'sleep 9999'])
    expect([processCounts.inside, evidence['processCounts.inside'].unknownBecause]).toEqual([null, expect.stringContaining(`whether process ${enteredPid} is in its PID namespace too could not be told`)])
  }
  finally {
    const ended = once(entered, 'exit')
    process.kill(enteredPid, 'SIGKILL')
    await ended
  }
})

it('does not claim to see all of a PID namespace while a process runs that may be in it: the inode that would tell is refused', async () => {
  // Two levels down as the container's are, and its parent is in none of them: so is what another engine's exec starts.
  const first = spawn('unshare', ['--pid', '--fork', '--kill-child', 'sleep', '9999'])
  const entered = await untilChild(first.pid).then(pid => spawn('nsenter', [`--target=${pid}`, '--pid', 'sleep', '9999']))
  try {
    const enteredPid = await untilChild(entered.pid)
    const { processCounts, evidence } = await takeAlone(enteredPid)
    expect([processCounts.inside, evidence['processCounts.inside'].unknownBecause]).toEqual([null, expect.stringContaining(`whether process ${enteredPid} is in its PID namespace too could not be told`)])
  }
  finally {
    const ended = Promise.all([first, entered].map(child => once(child, 'exit')))
    first.kill('SIGKILL')
    await ended
  }
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
