import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import { cpuPoints } from '../../renderer/charts/cpu-points'
import type { ContainerList, LiveSample } from '../../shared/model/live'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { start } from './start'
import { testService } from './take'

const WATCH_LIVE = fileURLToPath(new URL('../support/watch-live.mjs', import.meta.url))
const EVERY_MS = 500
/** What the container below is allowed, and as much as a tenth of a second's quota more or less makes of it in one beat. */
const [ALLOWED_CPUS, MOST_CPUS] = [0.2, 0.5]
/** Longer than any pause between two samples: the engine sends five meanwhile. */
const HELD_MS = 5000

let engine: Awaited<ReturnType<typeof startPrivateEngine>>
let busy: StartedContainer
beforeAll(async () => {
  engine = await startPrivateEngine()
  // From here on docker means that engine.
  vi.stubEnv('DOCKER_HOST', engine.address)
  busy = await start({ name: 'held-up', flags: ['--network=none', `--cpus=${ALLOWED_CPUS}`], command: ['sh', '-c', 'while :; do :; done'] })
})
afterAll(async () => {
  await removeAll().finally(() => engine.remove())
})

const children: ChildProcessByStdio<null, Readable, null>[] = []
afterEach(async () => {
  await Promise.all(children.splice(0).map(async (child) => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }))
})

/** Reads a stream as fast as it comes, from now on. */
function record<T>(items: AsyncIterable<T>): T[] {
  const seen: T[] = []
  void (async () => {
    for await (const item of items)
      seen.push(item)
  })()
  return seen
}

const passed = (ms: number, sinceMs: number): Promise<unknown> => vi.waitUntil(() => performance.now() - sinceMs > ms, { timeout: ms * 2, interval: 50 })
const namesOf = ({ containers }: ContainerList): string[] => containers.map(({ name }) => name).sort()
const namesByDocker = async (): Promise<string[]> => (await docker('ps', '--all', '--format', '{{.Names}}')).split('\n').sort()
const ratesOf = (samples: readonly LiveSample[]): (number | null)[] => cpuPoints(samples, EVERY_MS).map(([, value]) => value)

it.each([
  ['the kernel tells', '/proc'],
  ['the engine tells, which goes on telling', '/nonexistent'],
])('a client that is held up for a while has the list as it is, and no rate that is false, when it goes on: what %s', async (_whose, procRoot) => {
  const child = spawn(process.execPath, [WATCH_LIVE, busy.id, procRoot], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const lists: ContainerList[] = []
  const samples: LiveSample[] = []
  createInterface(child.stdout).on('line', (line) => {
    const heard: ContainerList | LiveSample[] = JSON.parse(line)
    if (Array.isArray(heard))
      samples.push(...heard)
    else
      lists.push(heard)
  })
  await vi.waitUntil(() => lists.length > 0 && samples.length > 4, { timeout: 20_000 })

  child.kill('SIGSTOP')
  const heldAtMs = performance.now()
  const { name } = await start({ name: 'meanwhile' })
  await passed(HELD_MS, heldAtMs)
  const [listCount, sampleCount] = [lists.length, samples.length]
  child.kill('SIGCONT')
  const isKnown = (rate: number | null): boolean => rate !== null
  await vi.waitUntil(() => lists.length > listCount && ratesOf(samples).slice(sampleCount).some(isKnown), { timeout: 20_000 })

  expect(namesOf(lists.at(-1) ?? expect.fail('no list'))).toEqual(await namesByDocker())
  expect(lists.at(-1)?.containers.map(container => container.name)).toContain(name)
  expect(lists.filter(({ problem }) => problem !== null)).toEqual([])
  const rates = ratesOf(samples)
  expect(rates.filter(rate => rate !== null && (rate <= 0 || rate > MOST_CPUS))).toEqual([])
  // While it was held up nothing is known; before it was, and after it is again.
  expect([rates.slice(0, sampleCount - 1).some(isKnown), rates[sampleCount - 1]]).toEqual([true, null])
  expect(samples.filter(({ cpuSeconds, memoryBytes }) => cpuSeconds === 0 || memoryBytes === 0)).toEqual([])
})

it('an engine that is held up costs what only it knows, within its time, and is asked on over the same streams when it goes on', async () => {
  const pid = Number(readFileSync(join(dirname(engine.address.replace('unix://', '')), 'dockerd.pid'), 'utf8'))
  const stop = new AbortController()
  const service = testService()
  const lists = record(service.handlers['containers.watch']({}, { signal: stop.signal }))
  const samples = record(service.handlers['live.watch']({ containerId: busy.id, everyMs: EVERY_MS }, { signal: stop.signal }))
  await vi.waitUntil(() => lists.length > 0 && samples.length > 2, { timeout: 20_000 })

  process.kill(pid, 'SIGSTOP')
  try {
    // Each of its threads stops when it is its turn.
    await vi.waitUntil(() => readdirSync(`/proc/${pid}/task`).every(task => / T \d+ /.test(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8'))))
    await expect(service.listContainers(stop.signal)).rejects.toMatchObject({ problem: { what: expect.stringContaining('no answer within 10 s') } })
  }
  finally {
    process.kill(pid, 'SIGCONT')
  }
  await docker('pause', busy.id)
  await vi.waitUntil(() => lists.at(-1)?.containers.some(({ id, state }) => id === busy.id && state === 'paused'), { timeout: 20_000 })
  await docker('unpause', busy.id)
  expect((await service.takeSnapshot(busy.id, stop.signal)).problems).toEqual([])
  stop.abort()
  // The kernel has counted on, whatever the engine did.
  expect(new Set(samples.slice(1).flat().map(({ inside }) => inside))).toEqual(new Set([1]))
  expect(samples.length).toBeGreaterThan(10_000 / EVERY_MS / 2)
})

it('a clock that is set makes no rate false, and puts nothing into the future', async () => {
  let setByMs = 0
  const { handlers } = testService({ now: () => new Date(Date.now() + setByMs) })
  const stop = new AbortController()
  const samples = record(handlers['live.watch']({ containerId: busy.id, everyMs: EVERY_MS }, { signal: stop.signal }))
  // A little back, as a clock that was slewed too far; forward within what is no pause; an hour each way.
  for (const jumpMs of [-0.9 * EVERY_MS, 1.5 * EVERY_MS, 3_600_000, -7_200_000]) {
    const { length } = samples
    await vi.waitUntil(() => samples.length > length + 2, { timeout: 20_000 })
    setByMs += jumpMs
  }
  const { length } = samples
  await vi.waitUntil(() => samples.length > length + 2, { timeout: 20_000 })
  const rates = ratesOf(samples.flat())
  expect(rates.filter(rate => rate !== null && (rate <= 0 || rate > MOST_CPUS))).toEqual([])
  expect(rates.filter(rate => rate === null).length).toBeLessThanOrEqual(4)

  // Who comes later is given what was before by the clock as it is now.
  for await (const known of handlers['live.watch']({ containerId: busy.id, everyMs: EVERY_MS }, { signal: stop.signal })) {
    expect([known.length > 2, known.filter(({ at }) => Date.parse(at) > Date.now() + setByMs)]).toEqual([true, []])
    break
  }
  stop.abort()
})
