import { execFile } from 'node:child_process'
import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { gatherCrowd, SMALL } from './crowd.mjs'
import { buildEngine, loadEngine } from './engine-modules.mjs'
import { measureMemory } from './process-memory.mjs'
import { byTurns, compared, program } from './turns.mjs'

const run = promisify(execFile)
/** The peers for which the goal depends on the crowd: lsns(8) grows faster than the number of processes. */
const LSNS_GOALS = new Map([[1000, 0.6], [5000, 0.35], [10_000, 0.2]])
const SIZES = [...LSNS_GOALS.keys()]
/** `docker stats --no-stream` takes two seconds. */
const FEW_REPEATS = 9

/** @typedef {import('./turns.mjs').Row} Row */

/**
 * @param {{ repeats: number, image: string, sizes?: readonly number[], say: (line: string) => void }} options
 * @returns {Promise<Row[]>}
 */
export async function benchProcesses({ repeats, image, sizes = SIZES, say }) {
  await buildEngine()
  const engine = await loadEngine()
  /** @type {Row[]} */
  const rows = []
  for (const size of sizes) {
    say(`Gathering ${size} processes …`)
    const crowd = await gatherCrowd(size, image)
    try {
      rows.push(...await benchSize(engine, { size, container: crowd.containers[0] ?? '', small: crowd.small }, repeats))
      rows.push(await benchHelper(engine, { size, container: crowd.containers[0] ?? '' }, repeats))
      if (size === sizes[0])
        rows.push(...await benchContainer(engine, crowd.containers[0] ?? '', FEW_REPEATS))
      if (size === sizes.at(-1))
        rows.push(...await measureWeights(engine, size, crowd.containers[0] ?? ''))
    }
    finally {
      await crowd.leave()
    }
  }
  return rows
}

const never = new AbortController().signal

/**
 * @param {import('./engine-modules.mjs').Engine} engine
 * @param {{ size: number, container: string, small: string }} crowd
 * @param {number} repeats
 */
async function benchSize(engine, { size, container, small }, repeats) {
  const proc = engine.localProc.localProc('/proc')
  const { ticker, cgroup, visible } = await follow(engine, container)
  const few = await follow(engine, small)
  const work = { scan: 'full scan with all eight namespaces', full: 'full tick', adaptive: 'adaptive tick', one: 'one container\'s tick', inside: `the inside list of ${SMALL} processes, equal to it` }
  const peers = ['ps -eo pid,ppid,pidns,mntns,netns,args', 'lsns', 'ps -eo pid,stat,time,rss', 'ps aux', `docker top ${container}`, `docker exec ${small} /bin/busybox ps`]
  const [psNamespaces = '', lsns = '', psTick = '', psAux = '', top = '', exec = ''] = peers
  const times = await byTurns([
    { name: work.scan, run: () => engine.scanHost.scanHost(proc, () => true, never) },
    { name: work.full, run: () => ticker.tick({ kind: 'full' }, never) },
    { name: work.adaptive, run: () => ticker.tick({ kind: 'adaptive', visible }, never) },
    { name: work.one, run: async () => ticker.tick({ kind: 'container', members: pidsIn(await cgroup.read('memory', 'cgroup.procs')) }, never) },
    { name: work.inside, run: async () => few.ticker.tick({ kind: 'container', members: pidsIn(await few.cgroup.read('memory', 'cgroup.procs')) }, never) },
    ...peers.map(line => program(...(/** @type {[string, ...string[]]} */ (line.split(' '))))),
  ], repeats)
  const compare = (/** @type {string} */ ours, /** @type {string} */ peer, /** @type {number} */ goal, peerName = peer) =>
    compared(times, { work: ours, peer, processes: size, goal, peerName })
  await expectSameInside(ticker, container)
  await expectSameInside(few.ticker, small)
  return [
    compare(work.scan, psNamespaces, 0.9),
    compare(work.scan, lsns, LSNS_GOALS.get(size) ?? 0.6),
    compare(work.full, psTick, 0.65),
    compare(work.full, psAux, 0.35),
    compare(work.adaptive, psAux, 0.12),
    compare(work.one, top, 0.05, 'docker top'),
    compare(work.inside, exec, 0.05, 'docker exec … ps'),
  ]
}

/**
 * @param {import('./engine-modules.mjs').Engine} engine
 * @param {{ size: number, container: string }} crowd
 * @param {number} repeats
 */
async function benchHelper(engine, { size, container }, repeats) {
  const docker = engine.docker.connectDocker({ origin: 'the bench', address: process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock' }, process.env)
  const helper = engine.helper.createHelper({ owner: engine.owner.ownerOf(hostname(), process.pid), now: () => new Date() })
  helper.permit('every')
  try {
    const proc = await helper.open(docker, never)
    if (proc === null)
      throw new Error('the helper container did not start')
    const [work, peer] = ['full tick through the helper', 'the direct full tick']
    const through = await follow(engine, container, proc)
    const direct = await follow(engine, container)
    const times = await byTurns([
      { name: work, run: () => through.ticker.tick({ kind: 'full' }, never) },
      { name: peer, run: () => direct.ticker.tick({ kind: 'full' }, never) },
    ], repeats)
    return compared(times, { work, peer, processes: size, goal: 1.2 })
  }
  finally {
    await helper.end()
    docker.close()
  }
}

/** @param {string | null} text */
const pidsIn = text => (text ?? '').split('\n').map(Number).filter(pid => pid > 0)

/**
 * @param {import('./engine-modules.mjs').Engine} engine
 * @param {string} container
 * @param {import('../../engine/sources/proc-source.js').ProcSource} proc
 */
async function follow(engine, container, proc = engine.localProc.localProc('/proc')) {
  const { stdout } = await run('docker', ['inspect', '--format', '{{.State.Pid}}', container])
  const pid = Number(stdout)
  const { processes, byPid, kernel } = await engine.scanHost.scanHost(proc, () => true, never)
  const cgroup = await engine.cgroupFiles.openCgroup(proc, pid)
  if (!cgroup)
    throw new Error(`${container} has no control group`)
  const ticker = engine.processTicker.createProcessTicker({ proc, kernel, isContainer: () => true, unnamed: [], processes, init: byPid.get(pid) ?? null })
  const own = processes.filter(({ namespaces }) => namespaces.net === byPid.get(pid)?.namespaces.net)
  return { proc, pid, cgroup, ticker, own, visible: processes.slice(-200).map(process => process.pid) }
}

/**
 * Throws when the list is another than the container's own `ps` gives, which lists itself as well.
 * @param {import('../../engine/processes/process-ticker.js').ProcessTicker} ticker
 * @param {string} container
 */
async function expectSameInside({ table, tick }, container) {
  await tick({ kind: 'full' }, never)
  const { stdout } = await run('docker', ['exec', container, '/bin/busybox', 'ps', '-o', 'pid,comm'], { maxBuffer: 16 * 1024 * 1024 })
  const theirs = stdout.trim().split('\n').slice(1).map(line => line.trim().split(/\s+/)).filter(([, name]) => name !== 'busybox').map(([pid]) => Number(pid))
  const ours = [...table.pids()].map(pid => table.insidePid(pid)).filter(pid => pid !== undefined && pid !== null)
  if (ours.sort((a, b) => a - b).join() !== theirs.sort((a, b) => a - b).join())
    throw new Error(`the inside list differs from ps: ${ours.length} and ${theirs.length} processes`)
}

/**
 * @param {import('./engine-modules.mjs').Engine} engine
 * @param {string} container
 * @param {number} repeats
 */
async function benchContainer(engine, container, repeats) {
  const { proc, pid, own } = await follow(engine, container)
  const limits = 'limits and usage of a container'
  const network = 'network view of a container'
  async function viewNetwork() {
    const root = await proc.openFolder(`${pid}/root`)
    try {
      const sysfs = await engine.sysfsNet.readSysfsInterfaces(root) ?? []
      return await engine.networkView.readNetworkView(proc, pid, { sysfs, saidAddresses: new Map(), hostEndOf: () => ({ unknownBecause: 'it is not looked for' }), processes: own }, never)
    }
    finally {
      root.close()
    }
  }
  const times = await byTurns([
    { name: limits, run: () => engine.readCgroup.readCgroupOf(proc, pid) },
    { name: network, run: viewNetwork },
    program('docker', 'stats', '--no-stream', container),
    program('docker', 'exec', container, '/bin/busybox', 'ip', 'addr'),
  ], repeats)
  return [
    compared(times, { work: limits, peer: `docker stats --no-stream ${container}`, peerName: 'docker stats --no-stream', processes: null, goal: 0.01 }),
    compared(times, { work: network, peer: `docker exec ${container} /bin/busybox ip addr`, peerName: 'docker exec … ip addr', processes: null, goal: 0.15 }),
  ]
}

/**
 * What is no time beside a peer's: blocks of the event loop, the size of a tick, memory.
 * @param {import('./engine-modules.mjs').Engine} engine
 * @param {number} size
 * @param {string} container
 * @returns {Promise<Row[]>}
 */
async function measureWeights(engine, size, container) {
  const containerId = await idOf(container)
  const service = engine.service.createService({ env: {}, homeDirectory: '/', platform: process.platform, isoscopeVersion: 'bench', now: () => new Date() })
  const snapshotBytes = JSON.stringify(await service.takeSnapshot(containerId, never)).length
  const stop = new AbortController()
  const ticks = service.handlers['processes.watch']({ containerId, scope: 'host', everyMs: 1000, visible: [] }, { signal: stop.signal })
  const sizes = []
  for await (const tick of ticks) {
    sizes.push(JSON.stringify(tick).length)
    if (sizes.length === 11)
      break
  }
  stop.abort()
  const largest = Math.max(...sizes.slice(1))
  const blocks = await longestBlocks(engine)
  const memory = await measureMemory(containerId)
  return [
    { work: 'a tick\'s payload, the largest of ten', peer: 'the whole snapshot as JSON', processes: size, ratio: largest / snapshotBytes, goal: 0.01, ours: `${largest} bytes`, theirs: `${snapshotBytes} bytes` },
    { work: 'longest block of the event loop in a full scan', peer: '16 ms', processes: size, ratio: blocks / 16, goal: 1, ours: `${blocks.toFixed(1)} ms, the median of nine scans`, theirs: '16 ms' },
    { work: 'memory of what is held of all processes', peer: 'an object list as systeminformation makes it', processes: size, ratio: memory.ours / memory.theirs, goal: 0.5, ours: `${memory.ours} bytes`, theirs: `${memory.theirs} bytes` },
  ]
}

/** @param {import('./engine-modules.mjs').Engine} engine */
async function longestBlocks(engine) {
  const proc = engine.localProc.localProc('/proc')
  const longest = []
  for (let turn = 0; turn < 9; turn++) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    await engine.scanHost.scanHost(proc, () => true, never)
    delay.disable()
    longest.push(delay.max / 1e6)
  }
  return longest.sort((a, b) => a - b)[4] ?? Number.NaN
}

/** @param {string} container */
const idOf = async container => (await run('docker', ['inspect', '--format', '{{.Id}}', container])).stdout.trim()
