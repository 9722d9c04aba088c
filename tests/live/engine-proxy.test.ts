import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ContainerList } from '../../shared/model/live'
import { asNobody } from '../support/as-nobody'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { type EngineProxy, startEngineProxy } from '../support/engine-proxy'
import { ENGINE_SOCKET } from '../support/engine-socket'
import { startFakeEngine } from '../support/fake-engine'
import { start } from './start'
import { testService } from './take'

const never = new AbortController().signal

let container: StartedContainer
let proxy: EngineProxy
beforeAll(async () => {
  container = await start({ name: 'proxy' })
  proxy = await startEngineProxy(ENGINE_SOCKET)
})
afterAll(async () => {
  await removeAll()
  await proxy.end()
})

const through = () => testService({ env: { ...process.env, DOCKER_HOST: proxy.address } })

async function nextList(lists: AsyncIterator<ContainerList>, isIt: (list: ContainerList) => boolean): Promise<ContainerList> {
  for (;;) {
    const { value, done } = await lists.next()
    if (done)
      throw new Error('the lists ended')
    if (isIt(value))
      return value
  }
}

it('asks a real engine nothing but what the gate lets through', async () => {
  const service = through()
  await service.takeSnapshot(container.id, never)
  await service.handlers['engine.choose']({ endpointId: (await service.listEndpoints(never))[0]?.id ?? null }, { signal: never })
  service.close()
  const paths = new Set(proxy.asked().match(/^[A-Z]+ \S+(?= HTTP\/1\.1)/gm)?.map(line => line.replace(/[0-9a-f]{64}/, '{id}').replace(/\?.*$/, '')))
  const allowed = ['/info', '/containers/json', '/containers/{id}/json', '/containers/{id}/top', '/containers/{id}/changes', '/containers/{id}/export', '/events'].map(path => `GET /v1.41${path}`)
  expect([...paths].filter(path => path !== 'GET /version' && !allowed.includes(path))).toEqual([])
})

it('finds out within 45 s that a connection is only half open, and lists anew when the engine is back', async () => {
  const service = through()
  const stop = new AbortController()
  const lists = service.handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  await nextList(lists, ({ containers }) => containers.some(({ id }) => id === container.id))
  proxy.isBlackHole = true
  const blindAt = performance.now()
  await docker('pause', container.id)
  const lost = await nextList(lists, ({ problem }) => problem !== null)
  expect(performance.now() - blindAt).toBeLessThan(45_000)
  expect(lost.problem?.code).toBe('ENGINE_UNREACHABLE')
  proxy.isBlackHole = false
  await nextList(lists, ({ problem, containers }) => problem === null && containers.some(({ id, state }) => id === container.id && state === 'paused'))
  await docker('unpause', container.id)
  stop.abort()
  service.close()
})

it('is patient with an engine that is slow, and the snapshot is whole', async () => {
  proxy.delayMs = 300
  const service = through()
  const snapshot = await service.takeSnapshot(container.id, never)
  proxy.delayMs = 0
  expect({ id: snapshot.container.id, problems: snapshot.problems }).toEqual({ id: container.id, problems: [] })
  service.close()
})

it('says what to do where it may not open the socket, and does not say to become root', async () => {
  const engine = await startFakeEngine()
  vi.stubEnv('DOCKER_HOST', engine.address)
  const { engine: found, tried } = await asNobody(() => testService().engineStatus(never))
  vi.unstubAllEnvs()
  await engine.end()
  expect(found).toBeNull()
  expect(tried[0]?.answer).toMatch(/no permission to open the socket\. Add your user to the group of the socket/)
  expect(tried[0]?.answer).not.toMatch(/sudo|root/i)
})
