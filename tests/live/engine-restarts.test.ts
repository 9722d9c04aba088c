import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import type { ContainerList, ProcessTick } from '../../shared/model/live'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { ensureStaticImage } from '../support/test-images'
import { start } from './start'
import { testService } from './take'

let engine: Awaited<ReturnType<typeof startPrivateEngine>>
let stop: AbortController
beforeEach(() => {
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await removeAll().finally(() => engine.remove())
  vi.unstubAllEnvs()
})

async function startEngine(...options: string[]): Promise<void> {
  engine = await startPrivateEngine(options)
  // From here on docker means that engine.
  vi.stubEnv('DOCKER_HOST', engine.address)
}

/** Its first process ends at once when it is asked to. */
const startSleeper = async (name: string): Promise<string> =>
  (await start({ name, image: await ensureStaticImage(), flags: ['--network=none', '--stop-signal=SIGKILL'], command: ['/sleep', '10000'] })).id

/** Reads a stream as fast as it comes, from now on. */
function record<T>(items: AsyncIterable<T>): T[] {
  const seen: T[] = []
  void (async () => {
    for await (const item of items)
      seen.push(item)
  })().catch(() => {})
  return seen
}

/** What a page would show: rows by process, and how often it was told all of them. */
function rowsOf(ticks: readonly ProcessTick[]) {
  const inside = new Map<string, number | null>()
  for (const tick of ticks) {
    if (tick.isWhole)
      inside.clear()
    tick.left.forEach(key => inside.delete(key.join(' ')))
    tick.arrived.inside.forEach(({ hostPid, startedAtTicks, pid }) => inside.set(`${hostPid} ${startedAtTicks}`, pid))
  }
  return { inside: [...inside], wholeCount: ticks.filter(({ isWhole }) => isWhole).length }
}

const statesOf = ({ containers }: ContainerList): string[] => containers.map(({ id, state }) => `${id} ${state}`).sort()
const LIMITS = { timeout: 40_000, interval: 50 }

it('an engine that is stopped takes its containers along: their processes have left, and its return replaces the list', async () => {
  await startEngine()
  const id = await startSleeper('restarts')
  const { handlers } = testService()
  const lists = record(handlers['containers.watch']({}, { signal: stop.signal }))
  const ticks = record(handlers['processes.watch']({ containerId: id, scope: 'container', everyMs: 250, visible: [] }, { signal: stop.signal }))
  await expect.poll(() => [lists.length, rowsOf(ticks).inside.length], LIMITS).toEqual([1, 1])

  await engine.stop()
  await expect.poll(() => rowsOf(ticks).inside, LIMITS).toEqual([])
  await expect.poll(() => lists.at(-1)?.problem?.code, LIMITS).toMatch(/^ENGINE_/)
  const lostAt = performance.now()

  await engine.start()
  await expect.poll(() => lists.at(-1)?.problem, LIMITS).toBeNull()
  // It is tried again after 0.5, 1, 2 … s: no spin.
  expect(lists.filter(({ problem }) => problem !== null).length).toBeLessThan(3 + (performance.now() - lostAt) / 500)
  expect(statesOf(lists.at(-1) ?? expect.fail('no list'))).toEqual([`${id} exited`])
  expect(rowsOf(ticks).inside).toEqual([])

  await docker('start', id)
  await expect.poll(() => rowsOf(ticks).inside.map(([, pid]) => pid), LIMITS).toEqual([1])
})

it('an engine that lets containers live while it restarts has the same ones, with the same processes, and none is new', async () => {
  await startEngine('--live-restore')
  const id = await startSleeper('live-restore')
  const { handlers } = testService()
  const lists = record(handlers['containers.watch']({}, { signal: stop.signal }))
  const ticks = record(handlers['processes.watch']({ containerId: id, scope: 'container', everyMs: 250, visible: [] }, { signal: stop.signal }))
  const samples = record(handlers['live.watch']({ containerId: id, everyMs: 250 }, { signal: stop.signal }))
  await expect.poll(() => [lists.length, rowsOf(ticks).inside.length, samples.length > 2], LIMITS).toEqual([1, 1, true])
  const before = rowsOf(ticks)

  await engine.kill()
  await expect.poll(() => lists.at(-1)?.problem?.code, LIMITS).toMatch(/^ENGINE_/)
  await engine.start()
  await expect.poll(() => lists.at(-1)?.problem, LIMITS).toBeNull()
  expect(new Set(lists.flatMap(statesOf))).toEqual(new Set([`${id} running`]))
  const ticksBefore = ticks.length
  await expect.poll(() => ticks.length, LIMITS).toBeGreaterThan(ticksBefore)
  expect(rowsOf(ticks)).toEqual(before)
  expect(ticks.flatMap(({ left }) => left)).toEqual([])
  // The kernel counts them, whether the engine is there or not.
  expect(new Set(samples.flat().map(({ inside }) => inside))).toEqual(new Set([1]))
})

const ROUNDS = 10

it('a storm of containers that come and go ends in the list that docker ps -a has', async () => {
  await startEngine()
  const kept = await startSleeper('storm-kept')
  const image = await ensureStaticImage()
  const { handlers } = testService()
  const lists = record(handlers['containers.watch']({}, { signal: stop.signal }))
  await expect.poll(() => lists.length, LIMITS).toBe(1)
  const startedAt = performance.now()
  await Promise.all(['a', 'b', 'c'].map(async (lane) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await docker('create', '--name', `storm-${lane}-${round}`, '--network=none', image, '/sleep', '0')
      if (round % 3 === 0)
        await docker('start', `storm-${lane}-${round}`)
      if (round % 2 === 0)
        await docker('rm', '--force', `storm-${lane}-${round}`)
    }
  }))
  const elapsedMs = performance.now() - startedAt
  const expected = async (): Promise<string[]> => (await docker('ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.State}}')).split('\n').sort()
  await expect.poll(async () => statesOf(lists.at(-1) ?? expect.fail('no list')).join('\n') === (await expected()).join('\n'), { timeout: 5000, interval: 100 }).toBe(true)
  expect(statesOf(lists.at(-1) ?? expect.fail('no list'))).toContain(`${kept} running`)
  expect(lists.filter(({ problem }) => problem !== null)).toEqual([])
  // One list answers all the events of a tenth of a second.
  expect(lists.length).toBeLessThan(elapsedMs / 100 + 10)
})
