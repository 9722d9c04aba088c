import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeSnapshot } from '../../engine/snapshot'
import { connectDocker, type DockerEngine } from '../../engine/sources/docker'
import { localProc } from '../../engine/sources/local-proc'
import type { ProcSource } from '../../engine/sources/proc-source'
import { ProblemError } from '../../shared/model/problem'
import type { Snapshot } from '../../shared/model/snapshot'
import { removeAll } from '../support/containers'
import { type EditingProxy, startEditingProxy } from '../support/editing-proxy'
import { ENGINE_SOCKET } from '../support/engine-socket'
import { leavesOf, withoutLeaf } from '../support/json-leaves'
import { losableProc, noLosses } from '../support/losable-inputs'
import { judgements, turned } from './expectations/judgements'
import { start } from './start'

const ADDRESS = `unix://${ENGINE_SOCKET}`
const { signal } = new AbortController()

const SITUATIONS: [situation: string, flags: string[]][] = [
  ['a plain container', ['--memory=64m', '--pids-limit=50']],
  ['a container with the host\'s namespaces', ['--pid=host', '--network=host', '--ipc=host', '--uts=host', `--volume=${ENGINE_SOCKET}:/run/docker.sock`, '--cap-add=SYS_ADMIN', '--security-opt=seccomp=unconfined']],
  ['a container that joined another', ['--pid=container:JOINED', '--network=container:JOINED', '--ipc=container:JOINED']],
  ['a confined container', ['--read-only', '--cap-drop=ALL', '--user=1000', '--security-opt=no-new-privileges', '--network=none']],
]

let proxy: EditingProxy
const ids = new Map<string, string>()
beforeAll(async () => {
  proxy = await startEditingProxy(ENGINE_SOCKET)
  const joined = await start({ name: 'inputs-joined', flags: ['--ipc=shareable'] })
  for (const [at, [situation, flags]] of SITUATIONS.entries())
    ids.set(situation, (await start({ name: `inputs-${at}`, processes: 1, flags: flags.map(flag => flag.replace('JOINED', joined.id)) })).id)
})
afterAll(async () => {
  await removeAll()
  await proxy.close()
})

const snapshotOf = (id: string, docker: DockerEngine, proc = localProc('/proc')): Promise<Snapshot> =>
  takeSnapshot({ docker, sources: { local: proc, helper: async () => null }, platform: process.platform, containerId: id, isoscopeVersion: '0.0.0-test', now: () => new Date(), signal })

/** What the engine says of the whole and what it compares for seconds is asked once: it is not what gets lost here. */
async function quick(id: string): Promise<DockerEngine> {
  const docker = connectDocker({ origin: 'a test', address: ADDRESS }, process.env)
  const [version, info, changes] = await Promise.all([docker.version(signal), docker.info(signal), docker.changes(id, signal)])
  return { ...docker, version: async () => version, info: async () => info, changes: async () => changes }
}

async function wholeExport(id: string): Promise<Buffer> {
  const docker = connectDocker({ origin: 'a test', address: ADDRESS }, process.env)
  return buffer(await docker.exportTar(id, signal))
}

describe.each(['a plain container', 'a container that joined another'])('%s', (situation) => {
  // In procfs only what belongs to a process can go away meanwhile.
  it.each(['refused', 'gone'] as const)('is judged the same or not at all when any file of the kernel is %s', async (loss) => {
    const id = ids.get(situation) ?? ''
    const docker = await quick(id)
    const { processes, hostProcesses } = await snapshotOf(id, docker)
    // Of the many other processes of the machine, and of the many names in a folder, a few stand for all; of another container one is seen, so that nothing of it is untold.
    const own = [1, 2, process.pid, ...processes.filter(({ owner }) => owner !== 'host').slice(0, 3).flatMap(({ hostPid }) => hostPid ?? [])]
    const ofOthers = new Map(hostProcesses.map(({ containerName, pid }) => [containerName, pid]))
    const pids = [...new Set([...own, ...ofOthers.values()])].sort((a, b) => a - b)
    const local = localProc('/proc')
    const proc: ProcSource = { ...local, listPids: async () => pids, readProcesses: (wanted, _, visit) => local.readProcesses(wanted, pids, visit, signal) }
    const losses = noLosses()
    const whole = await snapshotOf(id, docker, losableProc(proc, losses))
    const isWanted = (question: string): boolean => {
      const pid = /^\w+(?: \w+)? (\d+)\b/.exec(question)?.[1]
      return !/^(?:status|target|entries with status)/.test(question) && (pid === undefined || own.includes(Number(pid)))
    }
    const questions = [...losses.asked].filter(isWanted)
    expect(questions.length).toBeGreaterThan(50)
    const failures: string[] = []
    for (const lost of questions) {
      const less = await snapshotOf(id, docker, losableProc(proc, { asked: new Set(), lost, loss }))
      failures.push(...turned(judgements(whole), judgements(less)).map(what => `without "${lost}": ${what}`))
    }
    expect(failures).toEqual([])
  })
})

describe.each(SITUATIONS)('%s', (situation) => {
  it.each(['/proc', '/nonexistent'])('is judged the same or not at all when any field of an engine\'s answer is missing, with %s', async (procRoot) => {
    const id = ids.get(situation) ?? ''
    // A tar has no fields, and to make one takes the engine as long as all other answers.
    const exported = await wholeExport(id)
    const snapshotThroughProxy = (): Promise<Snapshot> =>
      snapshotOf(id, { ...connectDocker({ origin: 'a test', address: proxy.address }, process.env), exportTar: async () => Readable.from([exported]) }, localProc(procRoot))
    proxy.edit = (_, answer) => answer
    const whole = judgements(await snapshotThroughProxy())
    const failures: string[] = []
    const ofContainer = [...proxy.answers].filter(([path]) => path.includes(id) || !path.includes('/containers/'))
    for (const [path, answer] of ofContainer) {
      for (const leaf of leavesOf(answer).filter(isJudgedBy)) {
        proxy.edit = (asked, given) => asked === path ? withoutLeaf(given, leaf) : given
        const less = await snapshotThroughProxy().catch(nullForProblem)
        failures.push(...less === null ? [] : turned(whole, judgements(less)).map(what => `${path} without ${leaf.join('.')}: ${what}`))
      }
    }
    expect(failures).toEqual([])
  })
})

/** Long lists of the image's and the machine's own, which no judgement looks into. */
const isJudgedBy = (way: readonly string[]): boolean => !/^(?:GraphDriver|Plugins|RegistryConfig|Components|Config\.(?:Env|Labels)|NetworkSettings\.Networks)\b/.test(way.join('.'))

/** No snapshot is no false judgement. */
function nullForProblem(error: unknown): null {
  if (error instanceof ProblemError)
    return null
  throw error
}
