// As a program: node --expose-gc process-memory.mjs ours|theirs CONTAINER_ID. Prints the bytes that are held of all processes.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadEngine } from './engine-modules.mjs'

/**
 * Each in a process of its own, whose heap holds nothing else.
 * @param {string} containerId
 */
export async function measureMemory(containerId) {
  const bytesOf = async (/** @type {string} */ whose) =>
    Number((await promisify(execFile)(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), whose, containerId])).stdout)
  return { ours: await bytesOf('ours'), theirs: await bytesOf('theirs') }
}

const held = () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const never = new AbortController().signal

/** @param {import('./engine-modules.mjs').Engine} engine @param {string} containerId a snapshot and a watch of this one */
async function ours(engine, containerId) {
  const service = engine.service.createService({ env: {}, homeDirectory: '/', platform: process.platform, isoscopeVersion: 'bench', now: () => new Date() })
  await service.listContainers(never)
  const before = held()
  const ticks = service.handlers['processes.watch']({ containerId, scope: 'host', everyMs: 250, visible: [] }, { signal: never })[Symbol.asyncIterator]()
  await ticks.next()
  await ticks.next()
  const after = held()
  await ticks.return?.()
  return after - before
}

/** @param {import('./engine-modules.mjs').Engine} engine */
async function theirs(engine) {
  const before = held()
  const list = (await engine.scanHost.scanHost(engine.localProc.localProc('/proc'), () => true, never)).processes.map(asSystemInformation)
  const after = held()
  if (list.length === 0)
    throw new Error('there are no processes')
  return after - before
}

/**
 * The fields of `processes()` of systeminformation 5, with strings of each row's own, as they are when cut out of the output of ps(1).
 * @param {import('../../engine/collect/scanned-process.js').ScannedProcess} process
 */
const asSystemInformation = ({ pid, ppid, comm, args, state, startedAtTicks, cpuTicks, rssBytes, effectiveUid }) => ({
  pid,
  parentPid: ppid,
  name: ownText(comm),
  cpu: cpuTicks / 7,
  cpuu: cpuTicks / 11,
  cpus: cpuTicks / 13,
  mem: (rssBytes ?? 0) / 17,
  priority: 20,
  memVsz: (rssBytes ?? 0) * 2,
  memRss: rssBytes ?? 0,
  nice: 0,
  started: new Date(startedAtTicks * 10).toISOString(),
  state: ownText(state === 'S' ? 'sleeping' : 'running'),
  tty: '',
  user: ownText(String(effectiveUid)),
  command: ownText(args[0] ?? comm),
  params: ownText(args.slice(1).join(' ')),
  path: ownText(args[0] ?? ''),
})

const ownText = (/** @type {string} */ text) => Buffer.from(text).toString()

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , whose, containerId = ''] = process.argv
  const engine = await loadEngine()
  process.stdout.write(String(whose === 'ours' ? await ours(engine, containerId) : await theirs(engine)))
}
