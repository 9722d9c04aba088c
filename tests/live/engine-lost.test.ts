import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import type { ContainerList } from '../../shared/model/live'
import { removeAll, type StartedContainer } from '../support/containers'
import { docker } from '../support/docker'
import { ensureStaticImage } from '../support/test-images'
import { start } from './start'
import { testService } from './take'

let engine: Awaited<ReturnType<typeof startPrivateEngine>>
let container: StartedContainer
beforeAll(async () => {
  engine = await startPrivateEngine()
  // From here on docker means that engine.
  vi.stubEnv('DOCKER_HOST', engine.address)
  container = await start({ name: 'engine-lost', image: await ensureStaticImage(), flags: ['--network=none'], command: ['/sleep', '10000'] })
})
afterAll(async () => {
  await removeAll().finally(() => engine.remove())
})

it('says nothing while nothing happens, and then hears of the next change', async () => {
  const stop = new AbortController()
  const lists = testService().handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  await lists.next()
  const following = lists.next()
  expect(await Promise.race([following.then(() => 'a list'), wait(1500, 'nothing')])).toBe('nothing')
  await docker('pause', container.id)
  expect((await following).value?.containers.map(({ state }: { state: string }) => state)).toEqual(['paused'])
  await docker('unpause', container.id)
  stop.abort()
})

it('ends its connection for events when the reader leaves', async () => {
  // Nobody else listens to this engine.
  const listeners = (): Promise<string> => docker('info', '--format', '{{.NEventsListener}}')
  await expect.poll(listeners, { timeout: 10_000 }).toBe('0')
  for await (const list of testService().handlers['containers.watch']({}, { signal: new AbortController().signal })) {
    expect({ problem: list.problem, listeners: await listeners() }).toEqual({ problem: null, listeners: '1' })
    break
  }
  await expect.poll(listeners, { timeout: 10_000 }).toBe('0')
})

it('says within two seconds that the engine is lost, keeps the last list, and finds the engine again by itself', async () => {
  const service = testService()
  const stop = new AbortController()
  const lists = service.handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  const next = async (): Promise<ContainerList> => {
    const { value, done } = await lists.next()
    if (done)
      throw new Error('the lists ended')
    return value
  }
  const first = await next()
  expect(first.containers.map(({ id, state }) => ({ id, state }))).toEqual([{ id: container.id, state: 'running' }])

  const killedAt = performance.now()
  await engine.kill()
  let lost = await next()
  while (lost.problem === null)
    lost = await next()
  expect(performance.now() - killedAt).toBeLessThan(2000)
  expect(lost.problem.code).toMatch(/^ENGINE_/)
  expect(lost.containers).toEqual(first.containers)
  await expect(service.takeSnapshot(container.id, stop.signal)).rejects.toMatchObject({ problem: { code: 'ENGINE_NOT_FOUND' } })
  const status = await service.engineStatus(stop.signal)
  expect({ engine: status.engine, tried: status.tried.map(({ endpoint, isReachable }) => ({ address: endpoint.address, isReachable })) })
    .toEqual({ engine: null, tried: [{ address: engine.address, isReachable: false }] })

  await engine.start()
  let found = await next()
  while (found.problem !== null)
    found = await next()
  // Without live-restore a container does not outlive its engine.
  expect(found.containers.map(({ id, state }) => ({ id, state }))).toEqual([{ id: container.id, state: 'exited' }])
  expect((await service.takeSnapshot(container.id, stop.signal)).container.state).toBe('exited')
  stop.abort()
  expect((await lists.next()).done).toBe(true)
})
