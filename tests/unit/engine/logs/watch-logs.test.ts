import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Service } from '../../../../engine/service'
import type { LogBatch } from '../../../../shared/model/logs'
import { ProblemError } from '../../../../shared/model/problem'
import { failure, type FakeEngine, startFakeEngine } from '../../../support/fake-engine'
import { serviceWith } from '../../../support/fake-service'

const ID = 'c'.repeat(64)
const LOGS = `/containers/${ID}/logs`
const LIMITS = { timeout: 8000, interval: 5 }

let engine: FakeEngine
let service: Service
let stop: AbortController
/** What the engine was asked for, each with the answer that is still open. */
let logs: { query: URLSearchParams, response: ServerResponse }[]
let events: ServerResponse[]

const replies = {
  [LOGS]: (request: { url?: string | undefined }, response: ServerResponse) => {
    logs.push({ query: new URL(request.url ?? '', 'http://x').searchParams, response })
    response.writeHead(200).flushHeaders()
  },
  '/events': (_request: unknown, response: ServerResponse) => {
    events.push(response)
    response.writeHead(200).flushHeaders()
  },
}

beforeEach(async () => {
  [logs, events, stop] = [[], [], new AbortController()]
  engine = await startFakeEngine(replies)
  service = serviceWith({ DOCKER_HOST: engine.address })
})
afterEach(async () => {
  stop.abort()
  await service.close()
  await engine.end()
})

const watch = (): AsyncIterable<LogBatch> => service.handlers['logs.watch']({ containerId: ID, tail: 100 }, { signal: stop.signal })

/** Everything that a page is told, as it comes; `ended` has the code with which it ended. */
function record(): { batches: LogBatch[], texts: () => string[], ended: Promise<string> } {
  const batches: LogBatch[] = []
  const ended = (async () => {
    try {
      for await (const batch of watch())
        batches.push(batch)
      return 'well'
    }
    catch (error) {
      return error instanceof ProblemError ? error.problem.code : String(error)
    }
  })()
  return { batches, texts: () => batches.flatMap(({ lines }) => lines.map(({ text }) => text)), ended }
}

/** A line as the engine sends it, at so many seconds of a minute. */
function sent(second: number, text: string, type = 1): Buffer {
  const body = Buffer.from(`2026-11-28T22:00:${second.toFixed(9).padStart(12, '0')}Z ${text}\n`)
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

it('asks for the tail and all that follows, and for the events of that container before', async () => {
  const { batches, texts } = record()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  expect(Object.fromEntries(logs[0]?.query ?? [])).toEqual({ follow: '1', stdout: '1', stderr: '1', timestamps: '1', tail: '100' })
  expect(engine.requests.map(request => request.replace(/.*\//, ''))).toEqual(['version', 'info', 'events', 'logs'])
  logs[0]?.response.write(Buffer.concat([sent(1, 'one'), sent(2, 'two', 2)]))
  await expect.poll(texts, LIMITS).toEqual(['one', 'two'])
  expect(batches.at(-1)).toMatchObject({ state: 'follows', problem: null })
})

it('says that the run has ended, asks for nothing, and goes on with the next without a line twice', async () => {
  const { batches, texts } = record()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  logs[0]?.response.end(Buffer.concat([sent(10, 'one'), sent(10, 'one')]))
  await expect.poll(() => batches.at(-1)?.state, LIMITS).toBe('ended')
  const asked = engine.requests.length
  events[0]?.write('{"Action":"die"}\n{"Action":"exec_create: sh"}\n')
  expect(engine.requests.length).toBe(asked)
  events[0]?.write('{"Action":"start"}\n')
  await expect.poll(() => logs.length, LIMITS).toBe(2)
  expect(Object.fromEntries(logs[1]?.query ?? [])).toMatchObject({ tail: 'all', since: `${Date.parse('2026-11-28T22:00:05Z') / 1000}.000000000` })
  logs[1]?.response.write(Buffer.concat([sent(10, 'one'), sent(10, 'one'), sent(20, 'two')]))
  await expect.poll(texts, LIMITS).toEqual(['one', 'one', 'two'])
  expect(batches.at(-1)?.state).toBe('follows')
})

it('is away while the engine is, says why, and has each line once when somebody has found it again', async () => {
  const { batches, texts } = record()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  // A line that is cut off in the middle comes whole later.
  logs[0]?.response.write(Buffer.concat([sent(1, 'one'), sent(2, 'two').subarray(0, -3)]))
  await expect.poll(texts, LIMITS).toEqual(['one'])
  const { path } = engine
  await engine.end()
  await expect.poll(() => [batches.at(-1)?.state, batches.at(-1)?.problem?.code.replace(/_.*/, '')], LIMITS).toEqual(['away', 'ENGINE'])
  engine = await startFakeEngine(replies, path)
  await service.listContainers(stop.signal)
  await expect.poll(() => logs.length, LIMITS).toBe(2)
  logs[1]?.response.write(Buffer.concat([sent(1, 'one'), sent(2, 'two'), sent(3, 'three')]))
  await expect.poll(texts, LIMITS).toEqual(['one', 'two', 'three'])
  expect(batches.at(-1)).toMatchObject({ state: 'follows', problem: null })
})

it('ends when the container is removed', async () => {
  const { ended, texts } = record()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  logs[0]?.response.end(sent(1, 'last words'))
  await expect.poll(texts, LIMITS).toEqual(['last words'])
  events[0]?.write('{"Action":"destroy"}\n')
  expect(await ended).toBe('CONTAINER_GONE')
})

it.each([
  ['a driver that keeps nothing', failure(501, 'configured logging driver does not support reading'), 'LOGS_NOT_READABLE'],
  ['a container that is not there', failure(404, 'No such container'), 'CONTAINER_GONE'],
  ['an engine that refuses', failure(500, 'disk on fire'), 'ENGINE_REFUSED'],
  ['what is no log', (_request: unknown, response: ServerResponse) => { response.end(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])) }, 'LOGS_BROKEN'],
  ['what the engine itself says in the log', (_request: unknown, response: ServerResponse) => { response.end(sent(1, 'Error grabbing logs: invalid character', 3)) }, 'LOGS_BROKEN'],
] as const)('ends with the engine\'s own words for %s', async (_what, reply, code) => {
  engine.replies.set(LOGS, reply)
  expect(await record().ended).toBe(code)
})

it('reads as fast as the engine sends while nobody reads here, keeps the newest, and says how many are missing', async () => {
  const reader = watch()[Symbol.asyncIterator]()
  const first = reader.next()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  const response = logs[0]?.response ?? expect.fail('nothing was asked for')
  response.write(sent(1, 'first'))
  expect((await first).value).toMatchObject({ lines: [{ text: 'first' }], droppedCount: 0 })
  const heapBefore = process.memoryUsage().heapUsed
  for (let count = 0; count < 80; count += 1) {
    if (!response.write(Buffer.concat(Array.from({ length: 1000 }, (_, index) => sent(2 + count / 100, `${count * 1000 + index}`)))))
      await once(response, 'drain')
  }
  response.end()
  const told: LogBatch[] = []
  while (told.at(-1)?.state !== 'ended') {
    const { value, done } = await reader.next()
    if (done)
      break
    told.push(value)
  }
  // Every line is told, or counted where it is missing: the numbers have no other gap.
  let next = 0
  for (const { lines, droppedCount } of told) {
    next += droppedCount
    expect(lines.map(({ text }) => Number(text))).toEqual(lines.map((_, index) => next + index))
    next += lines.length
  }
  expect(next).toBe(80_000)
  expect(told.reduce((sum, { droppedCount }) => sum + droppedCount, 0)).toBeGreaterThan(50_000)
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(96 * 1024 ** 2)
  await reader.return?.()
})

it('closes what it opened when its reader leaves', async () => {
  const reader = watch()[Symbol.asyncIterator]()
  const first = reader.next()
  await expect.poll(() => logs.length, LIMITS).toBe(1)
  const closed = Promise.all([logs[0]?.response, events[0]].map(response => response && once(response, 'close')))
  await first
  await reader.return?.()
  await closed
})
