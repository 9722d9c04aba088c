import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Service } from '../../../engine/service'
import type { ContainerList } from '../../../shared/model/live'
import { failure, type FakeEngine, listed, type Reply, startFakeEngine } from '../../support/fake-engine'
import { serviceWith } from '../../support/fake-service'

// Fake timers leave that module as it is: here it waits by the timers that they put in place.
vi.mock('node:timers/promises', async original => ({
  ...await original<object>(),
  setTimeout: (ms: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) => new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, value)
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    if (signal?.aborted)
      onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
  }),
}))

const never = new AbortController().signal
let engine: FakeEngine
let service: Service
let stop: AbortController
let reading: Promise<void>
afterEach(async () => {
  vi.useRealTimers()
  stop.abort()
  await reading
  await service.close()
  await engine.end()
})

/** Every list that a page is shown, as it comes, and the streams of events that the engine opened. */
async function watch(replies: Record<string, Reply> = {}): Promise<{ lists: ContainerList[], events: ServerResponse[] }> {
  const events: ServerResponse[] = []
  engine = await startFakeEngine({
    '/events': (_request, response) => {
      events.push(response)
      response.writeHead(200).flushHeaders()
    },
    ...replies,
  })
  service = serviceWith({ DOCKER_HOST: engine.address })
  stop = new AbortController()
  const lists: ContainerList[] = []
  reading = (async () => {
    for await (const list of service.handlers['containers.watch']({}, { signal: stop.signal }))
      lists.push(list)
  })()
  return { lists, events }
}

const countOf = (route: string): number => engine.requests.filter(request => request.endsWith(route)).length
const namesOf = (list: ContainerList | undefined): string[] | undefined => list?.containers.map(({ name }) => name)

/** What comes from the engine takes real time, whatever the clock says. */
async function untilSo(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns += 1) {
    if (turns > 20_000)
      expect.fail('it was never so')
    await new Promise(resolve => setImmediate(resolve))
  }
}

const fakeClock = (): void => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })

describe('events', () => {
  it('that come no more, while the engine answers everything else, are missed within half a minute and asked for anew', async () => {
    fakeClock()
    const { lists, events } = await watch()
    await untilSo(() => lists.length === 1)
    engine.replies.set('/containers/json', [listed('unheard')])
    await vi.advanceTimersByTimeAsync(30_100)
    await untilSo(() => lists.length === 2)
    expect([namesOf(lists[1]), lists[1]?.problem]).toEqual([['unheard'], null])
    await vi.advanceTimersByTimeAsync(200)
    await untilSo(() => events.length === 2)
    // And from now on they are heard again.
    engine.replies.set('/containers/json', [listed('heard')])
    await untilSo(() => lists.length === 3)
    events[1]?.write('{"Action":"start"}\n')
    await untilSo(() => { void vi.advanceTimersByTime(100); return namesOf(lists.at(-1))?.[0] === 'heard' })
  })

  it('of a storm are read as fast as they come, and answered by a list each tenth of a second', async () => {
    const { lists, events } = await watch()
    await vi.waitUntil(() => lists.length === 1)
    const startedAt = performance.now()
    const heapBefore = process.memoryUsage().heapUsed
    for (let sent = 0; sent < 100_000; sent += 1000) {
      engine.replies.set('/containers/json', [listed(`after-${sent}`)])
      if (!events[0]?.write('{"status":"start","id":"0","Action":"start","Type":"container"}\n{"Action":"die"}\n'.repeat(500)))
        await new Promise(resolve => events[0]?.once('drain', resolve))
    }
    const sentMs = performance.now() - startedAt
    await vi.waitUntil(() => namesOf(lists.at(-1))?.[0] === 'after-99000', { timeout: 5000 })
    expect(countOf('/containers/json')).toBeLessThan(sentMs / 100 + 10)
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(64 * 1024 ** 2)
  })

  it('are heard whatever labels come with them, also of thirty megabytes', async () => {
    const { lists, events } = await watch()
    await vi.waitUntil(() => lists.length === 1)
    const line = Buffer.from(`{"Action":"start","Actor":{"Attributes":{"label":"${'é'.repeat(15 * 1024 ** 2)}"}}}\n`)
    engine.replies.set('/containers/json', [listed('heard')])
    const cpuBefore = process.cpuUsage()
    for (let at = 0; at < line.length; at += 16_384) {
      if (!events[0]?.write(line.subarray(at, at + 16_384)))
        await new Promise(resolve => events[0]?.once('drain', resolve))
    }
    await vi.waitUntil(() => namesOf(lists.at(-1))?.[0] === 'heard', { timeout: 8000 })
    expect(lists.filter(({ problem }) => problem !== null)).toEqual([])
    // Both sides of it, in microseconds: no piece is gone over again with the next.
    const { user, system } = process.cpuUsage(cpuBefore)
    expect(user + system).toBeLessThan(3e6)
  })
})

describe('an engine that fails now and then', () => {
  it('is asked no oftener for it, is a problem no longer than it fails, and its list is right in the end', async () => {
    fakeClock()
    let asked = 0
    // Three of ten, in no order that anything could fall into step with.
    const fails = (): boolean => [2, 5, 6].includes((asked += 1) * 7 % 10)
    const { lists } = await watch({
      '/containers/json': (request, response) => {
        if (fails())
          response.writeHead(500).end('{"message":"no"}')
        else
          response.writeHead(200).end(JSON.stringify([listed('true')]))
        request.resume()
      },
    })
    await untilSo(() => lists.length > 0)
    for (let seconds = 0; seconds < 600; seconds += 1) {
      await vi.advanceTimersByTimeAsync(1000)
      const before = lists.length
      for (let turns = 0; turns < 20 && lists.length === before; turns += 1)
        await new Promise(resolve => setImmediate(resolve))
    }
    // One list each half minute is 21; those that failed were asked for again.
    expect(asked).toBeLessThan(21 * 2)
    const problems = lists.filter(({ problem }) => problem !== null)
    expect(problems.length).toBeGreaterThan(2)
    expect(new Set(problems.map(({ problem }) => problem?.code))).toEqual(new Set(['ENGINE_REFUSED']))
    expect(lists.filter(({ problem }) => problem === null).every(list => namesOf(list)?.[0] === 'true')).toBe(true)
  })
})

describe('an engine that is asleep', () => {
  const PAUSED = 'Docker Desktop is manually paused. Unpause it through the Whale menu or Dashboard.'

  it.each<[string, Reply]>([
    ['as Docker Desktop says it', failure(500, PAUSED)],
    ['as what stands before it says it', failure(503, 'try again later')],
    ['as a page', (_request, response) => { response.writeHead(503).end('<html>') }],
  ])('is said to be, %s, is asked every half minute and no oftener, and is there again when it wakes', async (_how, reply) => {
    fakeClock()
    const { lists } = await watch({ '/containers/json': [listed('known')] })
    await untilSo(() => lists.length === 1)
    engine.replies.set('/containers/json', reply)
    await vi.advanceTimersByTimeAsync(30_100)
    await untilSo(() => lists.length === 2)
    expect([lists[1]?.problem?.code, namesOf(lists[1])]).toEqual(['ENGINE_ASLEEP', ['known']])
    const askedBefore = countOf('/containers/json')
    await vi.advanceTimersByTimeAsync(29_000)
    expect(countOf('/containers/json')).toBe(askedBefore)
    engine.replies.set('/containers/json', [listed('awake')])
    await vi.advanceTimersByTimeAsync(1000)
    await untilSo(() => lists.length === 3)
    expect([lists[2]?.problem, namesOf(lists[2])]).toEqual([null, ['awake']])
  })

  it('is not asked at all for a page that nobody can see', async () => {
    fakeClock()
    const { lists } = await watch()
    await untilSo(() => lists.length === 1)
    stop.abort()
    const before = engine.requests.length
    const unseen = new AbortController()
    const silent = service.handlers['containers.watch']({ isUnseen: true }, { signal: unseen.signal })[Symbol.asyncIterator]().next()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(engine.requests.length).toBe(before)
    unseen.abort()
    expect((await silent).done).toBe(true)
  })

  it('is told to a page that nobody can see when another one is chosen', async () => {
    await watch()
    stop.abort()
    await reading
    const silent = service.handlers['containers.watch']({ isUnseen: true }, { signal: never })[Symbol.asyncIterator]().next()
    const told = expect(silent).rejects.toMatchObject({ problem: { code: 'ENGINE_SWITCHED' } })
    await service.handlers['engine.choose']({ endpointId: null }, { signal: never })
    await told
  })
})

describe('a computer that slept', () => {
  it('opens its streams anew, lists once more, and says nothing of it', async () => {
    fakeClock()
    const { lists, events } = await watch()
    await untilSo(() => lists.length === 1)
    await vi.advanceTimersByTimeAsync(20_000)
    // While it slept nothing was heard; the connection is open on this side alone.
    engine.replies.set('/containers/json', [listed('new')])
    service.wake()
    await untilSo(() => lists.length === 2)
    expect([namesOf(lists[1]), lists[1]?.problem, events.length]).toEqual([['new'], null, 2])
    await vi.advanceTimersByTimeAsync(5000)
    expect([lists.length, countOf('/containers/json')]).toEqual([2, 2])
  })

  it('answers what was being asked', async () => {
    const { lists } = await watch()
    await vi.waitUntil(() => lists.length === 1)
    let held: ServerResponse | undefined
    engine.replies.set('/containers/json', (_request, response) => { held = response })
    const answer = service.listContainers(never)
    await vi.waitUntil(() => held !== undefined)
    engine.replies.set('/containers/json', [listed('answered')])
    service.wake()
    expect((await answer).map(({ name }) => name)).toEqual(['answered'])
  })
})
