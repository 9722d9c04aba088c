import { rmSync, symlinkSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import type { ContainerList } from '../../../shared/model/live'
import { failure, type FakeEngine, listed, startFakeEngine } from '../../support/fake-engine'
import { serviceWith } from '../../support/fake-service'
import { tempFolder } from '../../support/temp-folder'

let engine: FakeEngine
let stop: AbortController
afterEach(async () => {
  stop.abort()
  await engine.end()
})

/** Lists as a page reads them, and the responses to which the engine's events are written. */
async function watch(): Promise<{ next: () => Promise<{ names: string[], problem: string | null }>, events: ServerResponse[] }> {
  const events: ServerResponse[] = []
  engine = await startFakeEngine({
    '/events': (_request, response) => {
      events.push(response)
      response.writeHead(200).flushHeaders()
    },
  })
  stop = new AbortController()
  const lists = serviceWith({ DOCKER_HOST: engine.address }).handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  const words = ({ containers, problem }: ContainerList): { names: string[], problem: string | null } => ({ names: containers.map(({ name }) => name), problem: problem?.code ?? null })
  return {
    events,
    next: async () => {
      const { value, done } = await lists.next()
      if (done)
        throw new Error('the lists ended')
      return words(value)
    },
  }
}

it.each([
  ['that are doubled and out of order', ['{"Action":"destroy"}', '{"Action":"die"}', '{"Action":"die"}', '{"Action":"start","time":0}']],
  ['from the future, and of another kind', ['{"Type":"network","Action":"connect","time":99999999999}', '{"status":"create"}']],
  ['that are none', ['nonsense', '{}', '[]', 'null', '{"Action":7}', '{"Action":"start"}']],
])('shows what the engine lists, whatever its events say: %s', async (_name, lines) => {
  const { next, events } = await watch()
  expect(await next()).toEqual({ names: [], problem: null })
  engine.replies.set('/containers/json', [listed('true')])
  events[0]?.write(`${lines.join('\n')}\n`)
  let list = await next()
  // An event that breaks the stream costs a problem and a new connection, never a list.
  while (list.problem !== null)
    list = await next()
  expect(list).toEqual({ names: ['true'], problem: null })
})

it('shows what the engine lists only after it has told of it, as a busy one does of a container that died', async () => {
  const { next, events } = await watch()
  engine.replies.set('/containers/json', [listed('lives')])
  await next()
  events[0]?.write('{"Action":"die"}\n')
  expect(await next()).toEqual({ names: ['lives'], problem: null })
  // No event comes any more.
  engine.replies.set('/containers/json', [listed('died')])
  expect(await next()).toEqual({ names: ['died'], problem: null })
})

it('keeps the last list while the engine is away or fails, and has the new one when it is back', async () => {
  const { next } = await watch()
  engine.replies.set('/containers/json', [listed('kept')])
  await next()
  const { path } = engine
  await engine.end()
  let list = await next()
  while (list.problem === null)
    list = await next()
  expect(list.problem).toMatch(/^ENGINE_/)
  engine = await startFakeEngine({ '/containers/json': failure(500, 'no') }, path)
  await vi.waitUntil(() => engine.requests.some(request => request.endsWith('/containers/json')), { timeout: 5_000 })
  engine.replies.set('/containers/json', [listed('back')])
  while (list.problem !== null)
    list = await next()
  expect(list).toEqual({ names: ['back'], problem: null })
})

it('follows the link that the socket\'s path is, wherever it leads when the engine is looked for again', async () => {
  const path = join(tempFolder(), 'docker.sock')
  engine = await startFakeEngine({ '/containers/json': [listed('before')] })
  symlinkSync(engine.path, path)
  stop = new AbortController()
  const lists = serviceWith({ DOCKER_HOST: `unix://${path}` }).handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  expect((await lists.next()).value?.containers).toHaveLength(1)
  // As a virtual machine's socket after a sleep: another one, and for a while the link leads to nothing.
  await engine.end()
  expect((await lists.next()).value?.problem).toMatchObject({ code: expect.stringMatching(/^ENGINE_/) })
  engine = await startFakeEngine({ '/containers/json': [listed('after')] })
  rmSync(path)
  symlinkSync(engine.path, path)
  for await (const list of { [Symbol.asyncIterator]: () => lists }) {
    if (list.problem === null) {
      expect(list.containers.map(({ name }) => name)).toEqual(['after'])
      break
    }
  }
})

it('names a container by its id when it has no name of its own, and by that which is no link\'s', async () => {
  const { next, events } = await watch()
  await next()
  engine.replies.set('/containers/json', [listed('a', { Names: [] }), listed('b', { Names: ['/link/alias', '/own'] }), listed('c', { Names: null })])
  events[0]?.write('{"Action":"start"}\n')
  expect((await next()).names).toEqual(['610000000000', 'own', '630000000000'])
})
