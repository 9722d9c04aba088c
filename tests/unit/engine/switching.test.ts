import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Service } from '../../../engine/service'
import type { ContainerList } from '../../../shared/model/live'
import { addContext } from '../../support/docker-config'
import { type FakeEngine, listed, startFakeEngine } from '../../support/fake-engine'
import { serviceWith } from '../../support/fake-service'
import { tempFolder } from '../../support/temp-folder'

const never = new AbortController().signal
const signal = { signal: never }

let one: FakeEngine
let two: FakeEngine
let service: Service
beforeEach(async () => {
  one = await startFakeEngine({ '/containers/json': [listed('of-one')] })
  two = await startFakeEngine({ '/containers/json': [listed('of-two')] })
  const home = tempFolder()
  addContext(join(home, '.docker'), 'two', { Host: two.address })
  service = serviceWith({ DOCKER_HOST: one.address, DOCKER_CONFIG: join(home, '.docker') })
})
afterEach(async () => {
  service.close()
  await one.end()
  await two.end()
})

async function idOf(origin: string): Promise<string> {
  const found = (await service.listEndpoints(never)).find(({ endpoint }) => endpoint.origin === origin)
  if (!found)
    throw new Error(`${origin} is not listed`)
  return found.id
}

const names = async (): Promise<string[]> => (await service.listContainers(never)).map(({ name }) => name)
const watch = (): AsyncIterator<ContainerList> => service.handlers['containers.watch']({}, signal)[Symbol.asyncIterator]()

it('asks the chosen engine alone, and the usual one again when the choice is taken back', async () => {
  expect(await names()).toEqual(['of-one'])
  const status = await service.handlers['engine.choose']({ endpointId: await idOf('context "two"') }, signal)
  expect(status.engine?.endpoint).toEqual({ origin: 'context "two"', address: two.address })
  const askedBefore = one.requests.length
  expect(await names()).toEqual(['of-two'])
  expect((await service.listEndpoints(never)).filter(({ isCurrent }) => isCurrent).map(({ endpoint }) => endpoint.address)).toEqual([two.address])
  // The list asks how it does, and nothing else.
  expect(one.requests.slice(askedBefore)).toEqual(['GET /version', 'GET /v1.46/info'])
  expect((await service.handlers['engine.choose']({ endpointId: null }, signal)).engine?.endpoint.address).toBe(one.address)
  expect(await names()).toEqual(['of-one'])
})

it.each(['', 'context "two"', '0000000000000000', 'ssh://-oProxyCommand=x'])('takes no endpoint that it did not list: %j', async (endpointId) => {
  await expect(service.handlers['engine.choose']({ endpointId }, signal)).rejects.toMatchObject({ problem: { code: 'ENDPOINT_UNKNOWN' } })
  expect(await names()).toEqual(['of-one'])
})

it('throws away what the old engine answers late', async () => {
  const late: ServerResponse[] = []
  one.replies.set('/containers/json', (_request, response) => { late.push(response) })
  const list = service.listContainers(never)
  const refused = expect(list).rejects.toMatchObject({ problem: { code: 'ENGINE_SWITCHED' } })
  await vi.waitUntil(() => late.length === 1)
  await service.handlers['engine.choose']({ endpointId: await idOf('context "two"') }, signal)
  late[0]?.end(JSON.stringify([listed('of-one')]))
  await refused
  expect(await names()).toEqual(['of-two'])
})

it('ends every stream of the old engine, also one that is silent, and begins anew with the next', async () => {
  const old = watch()
  expect((await old.next()).value?.containers.map(({ name }: { name: string }) => name)).toEqual(['of-one'])
  const following = expect(old.next()).rejects.toMatchObject({ problem: { code: 'ENGINE_SWITCHED' } })
  await service.handlers['engine.choose']({ endpointId: await idOf('context "two"') }, signal)
  await following
  const fresh = watch()
  expect((await fresh.next()).value?.containers.map(({ name }: { name: string }) => name)).toEqual(['of-two'])
  await fresh.return?.()
})

it('tells what came last when two are chosen at once', async () => {
  const [id, own] = [await idOf('context "two"'), await idOf('DOCKER_HOST')]
  const answers = await Promise.all([id, own, id].map(endpointId => service.handlers['engine.choose']({ endpointId }, signal)))
  expect(answers.map(({ engine }) => engine?.endpoint.address)).toEqual([two.address, two.address, two.address])
  expect(await names()).toEqual(['of-two'])
})

it('keeps to the choice while the chosen engine is away', async () => {
  const endpointId = await idOf('context "two"')
  await two.end()
  const status = await service.handlers['engine.choose']({ endpointId }, signal)
  expect({ engine: status.engine, tried: status.tried.map(({ endpoint }) => endpoint.address) }).toEqual({ engine: null, tried: [two.address] })
  expect((await service.listEndpoints(never)).find(({ isCurrent }) => isCurrent)).toMatchObject({ id: endpointId, isReachable: false, answeredMs: null })
  await expect(names()).rejects.toMatchObject({ problem: { code: 'ENGINE_NOT_FOUND' } })
  two = await startFakeEngine({ '/containers/json': [listed('back')] }, two.path)
  expect(await names()).toEqual(['back'])
})

it('a preference that changes ends the choice', async () => {
  await service.handlers['engine.choose']({ endpointId: await idOf('context "two"') }, signal)
  service.preferEngine({ address: one.address }, true)
  expect(await names()).toEqual(['of-one'])
  expect((await service.listEndpoints(never)).map(({ endpoint, isCurrent }) => [endpoint.origin, isCurrent]).slice(0, 2)).toEqual([['Preferences', true], ['context "two"', false]])
})

/** Nothing is named for this run, but for the docker command's current context, which is `one`. */
async function serviceThatRemembers(env: Record<string, string> = {}): Promise<{ remembering: Service, id: string }> {
  const folder = join(tempFolder(), '.docker')
  addContext(folder, 'one', { Host: one.address })
  addContext(folder, 'two', { Host: two.address })
  const remembering = serviceWith({ DOCKER_CONFIG: folder, ...env })
  const id = (await remembering.listEndpoints(never)).find(({ endpoint }) => endpoint.origin === 'context "two"')?.id ?? ''
  return { remembering, id }
}

it('asks the engine that was chosen in an earlier run, and says so', async () => {
  const { remembering, id } = await serviceThatRemembers()
  remembering.preferEngine({ endpointId: id }, false)
  expect(await remembering.engineStatus(never)).toMatchObject({ engine: { endpoint: { address: two.address } }, why: 'You chose it last, and the preferences remember it.', setAside: null })
  await remembering.close()
})

it.each([['DOCKER_HOST', () => ({ DOCKER_HOST: one.address })], ['DOCKER_CONTEXT', () => ({ DOCKER_CONTEXT: 'one' })]] as const)('what is remembered gives way to %s, and both are said', async (name, env) => {
  const { remembering, id } = await serviceThatRemembers(env())
  remembering.preferEngine({ endpointId: id }, false)
  expect(await remembering.engineStatus(never)).toMatchObject({
    engine: { endpoint: { address: one.address } },
    why: `${name} names it for this run.`,
    setAside: `You chose context "two" last, at ${two.address}; what is named for this run goes before it.`,
  })
  await remembering.close()
})

it('what is chosen in this run goes before all that was named for it, and what a page remembers comes too late', async () => {
  const { remembering, id } = await serviceThatRemembers({ DOCKER_HOST: one.address })
  expect(await remembering.handlers['engine.choose']({ endpointId: id }, signal)).toMatchObject({ engine: { endpoint: { address: two.address } }, why: 'You chose it.', setAside: null })
  const own = (await remembering.listEndpoints(never)).find(({ endpoint }) => endpoint.address === one.address)?.id ?? ''
  expect(await remembering.handlers['engine.choose']({ endpointId: own, isRemembered: true }, signal)).toMatchObject({ engine: { endpoint: { address: two.address } } })
  await remembering.close()
})

it('an engine that is remembered and known no more is said to be so', async () => {
  service.preferEngine({ endpointId: '0000000000000000' }, false)
  expect(await service.engineStatus(never)).toMatchObject({ engine: { endpoint: { address: one.address } }, setAside: 'The engine that you chose last is not known to this computer any more.' })
})

it('to be told the choice that was just made disturbs nobody', async () => {
  const endpointId = await idOf('context "two"')
  await service.handlers['engine.choose']({ endpointId }, signal)
  const held: ServerResponse[] = []
  two.replies.set('/containers/json', (_request, response) => { held.push(response) })
  const asked = names()
  await vi.waitFor(() => expect(held).toHaveLength(1))
  service.preferEngine({ endpointId }, true)
  service.preferEngine({ endpointId }, false)
  held[0]?.writeHead(200).end(JSON.stringify([listed('answered')]))
  expect(await asked).toEqual(['answered'])
})

it('asks every endpoint at once, and none waits long for one that is frozen', async () => {
  two.replies.set('/version', () => {})
  const startedAt = performance.now()
  const endpoints = await service.listEndpoints(never)
  expect(performance.now() - startedAt).toBeLessThan(7_000)
  expect(endpoints.slice(0, 2).map(({ isReachable, answer, answeredMs }) => [isReachable, answer, answeredMs === null])).toEqual([
    [true, 'Docker Engine - Community 27.0.0, API 1.46', false],
    [false, 'No answer within 5 s.', true],
  ])
})
