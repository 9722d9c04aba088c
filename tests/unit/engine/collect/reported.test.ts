import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { failure, type FakeEngine, type Reply, startFakeEngine } from '../../../support/fake-engine'
import { serviceWith } from '../../../support/fake-service'
import { SMALLEST_INSPECT } from '../../../support/smallest-inspect'
import { tempFolder } from '../../../support/temp-folder'

const ID = 'c'.repeat(64)
const TITLES = ['PID', 'PPID', 'UID', 'RSS', 'TIME', 'STAT', 'MNTNS', 'PIDNS', 'NETNS', 'IPCNS', 'UTSNS', 'USERNS', 'CGROUPNS', 'TIMENS', 'COMMAND']
const row = (pid: string, name = 'node'): string[] => [pid, '1', '0', '42900', '3', 'Ssl', '4026532180', '4026532183', '4026532184', '4026532182', '4026532181', '4026531837', '4026532185', '4026531834', name]

let engine: FakeEngine
beforeEach(async () => {
  engine = await startFakeEngine({ '/containers/json': [{ Id: ID, Names: ['/app'], Image: 'x', Command: 'x', Created: 1, State: 'running', Status: 'Up', Ports: [] }] })
  declare({})
})
afterEach(() => engine.end())

const declare = (modes: object): void => void engine.replies.set(`/containers/${ID}/json`, {
  ...SMALLEST_INSPECT, Name: '/app', State: { Status: 'running', Pid: 4242 }, HostConfig: { ...SMALLEST_INSPECT.HostConfig, ...modes },
})

/** What the engine alone says: this computer's procfs, here an empty folder, is not its. */
async function take(top: Reply): Promise<Snapshot> {
  engine.replies.set(`/containers/${ID}/top`, top)
  return serviceWith({ DOCKER_HOST: engine.address }, { procRoot: tempFolder() }).takeSnapshot(ID, new AbortController().signal)
}

const processesOf = ({ processes, processCounts, evidence, problems }: Snapshot) => ({
  pids: processes.map(({ hostPid }) => hostPid),
  inside: processCounts.inside,
  because: evidence['processCounts.inside'].unknownBecause,
  problems: problems.filter(({ code }) => code.startsWith('PROCESSES')).map(({ what }) => what),
})

describe('the processes that an engine reports', () => {
  it('are counted where all of its rows are what was asked for', async () => {
    expect(processesOf(await take({ Titles: TITLES, Processes: [row('7'), row('8')] }))).toEqual({ pids: [7, 8], inside: 2, because: null, problems: [] })
  })

  it('are none, and that is unknown, where the engine\'s ps answers with other columns', async () => {
    for (const Titles of [['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], TITLES.map(title => title === 'PID' ? 'USER' : title), []]) {
      const found = processesOf(await take({ Titles, Processes: [row('7')] }))
      expect(found).toMatchObject({ pids: [], inside: null })
      expect([found.because, found.problems[0]]).toEqual([expect.any(String), expect.stringContaining('did not tell what it was asked for')])
    }
  })

  it.each([
    ['too short', row('8').slice(0, 14)],
    ['too long', [...row('8'), 'x']],
    ['without a PID', row('x')],
    ['empty', []],
  ])('are listed but not counted where a row is %s', async (_how, bad) => {
    expect(processesOf(await take({ Titles: TITLES, Processes: [row('7'), bad] })))
      .toEqual({ pids: [7], inside: null, because: 'the engine\'s ps told 1 of 2 processes in a way that cannot be read', problems: [] })
  })

  it.each<[string, Reply]>([
    ['the container has just stopped', failure(409, `Container ${ID} is not running`)],
    ['its ps knows no such columns', failure(500, 'Error running ps: unknown column')],
    ['there is no such page', failure(404, 'page not found')],
    ['rows are no texts', { Titles: TITLES, Processes: [[7, 8]] }],
    ['there are no titles', { Processes: [] }],
  ])('are unknown where %s', async (_why, reply) => {
    const { processes, processCounts, namespaces, problems } = await take(reply)
    expect({ processes, inside: processCounts.inside, verdicts: new Set(namespaces.map(({ verdict }) => verdict)) }).toEqual({ processes: [], inside: null, verdicts: new Set(['unknown']) })
    expect(problems.map(({ code }) => code)).toContain('PROCESSES_NOT_REPORTED')
  })
})

describe('the namespaces that an engine reports', () => {
  const verdicts = async (modes: object): Promise<Record<string, string>> => {
    declare(modes)
    const { namespaces } = await take({ Titles: TITLES, Processes: [row('4242')] })
    return Object.fromEntries(namespaces.map(({ type, verdict }) => [type, verdict]))
  }

  it('are private where an engine\'s default or a word that is known says so', async () => {
    expect(await verdicts({ CgroupnsMode: 'private' })).toEqual({ mnt: 'unknown', pid: 'private', net: 'private', ipc: 'private', uts: 'private', user: 'host', cgroup: 'private', time: 'host' })
    expect(await verdicts({ PidMode: 'private', IpcMode: 'shareable', UTSMode: 'private', NetworkMode: 'my-network' })).toMatchObject({ pid: 'private', net: 'private', ipc: 'private', uts: 'private' })
  })

  it('are unknown where a mode says what nobody knows, or nothing that decides it', async () => {
    const junk = { PidMode: 'junk', IpcMode: 'HOST', UTSMode: 'pod:x', CgroupnsMode: '<b>', NetworkMode: 'ns:/run/x' }
    expect(await verdicts(junk)).toMatchObject({ pid: 'unknown', net: 'unknown', ipc: 'unknown', uts: 'unknown', cgroup: 'unknown' })
    expect(await verdicts({ CgroupnsMode: '' })).toMatchObject({ cgroup: 'unknown' })
  })
})
