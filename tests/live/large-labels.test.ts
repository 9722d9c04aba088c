import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startPrivateEngine } from '../../build/testing/private-engine.mjs'
import type { ContainerList } from '../../shared/model/live'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { take, testService } from './take'

const BYTES = 2_000_000
const COUNT = 10_000
const LIMIT_MS = 1000
const never = new AbortController().signal

let engine: Awaited<ReturnType<typeof startPrivateEngine>>
/** Ids. */
let large: string
let many: string
beforeAll(async () => {
  // Every list of an engine carries every label of its containers, and so does every event: nobody else's has to.
  engine = await startPrivateEngine()
  vi.stubEnv('DOCKER_HOST', engine.address)
  const image = await ensureBusyboxImage()
  large = await startLabelled(image, 'large', { large: 'é'.repeat(BYTES / 2) })
  many = await startLabelled(image, 'many', Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [`label-${index}`, `value ${index}`])))
})
afterAll(() => engine.remove())

/** By the engine's API: the docker command takes no label of more than 64 KiB. */
async function startLabelled(Image: string, name: string, Labels: Record<string, string>): Promise<string> {
  const asked = request({ socketPath: engine.address.replace('unix://', ''), path: `/containers/create?name=${name}`, method: 'POST', headers: { 'content-type': 'application/json' } })
  asked.end(JSON.stringify({ Image, Cmd: ['sleep', '10000'], Labels, HostConfig: { NetworkMode: 'none' } }))
  const [answer] = await once(asked, 'response')
  const { Id } = JSON.parse(await text(answer))
  await docker('start', Id)
  return Id
}

it('are in no list, which comes as soon as any other', async () => {
  const service = testService()
  const tookMs: number[] = []
  while (tookMs.length < 3) {
    const startedAtMs = performance.now()
    const containers = await service.listContainers(never)
    tookMs.push(performance.now() - startedAtMs)
    expect(containers.map(({ name }) => name).sort()).toEqual(['large', 'many'])
    expect(JSON.stringify(containers).length).toBeLessThan(2000)
  }
  // What another program of the machine holds up it holds up once.
  expect(Math.min(...tookMs)).toBeLessThan(LIMIT_MS)
  await service.close()
})

it('come with every event, of which each is heard', async () => {
  const stop = new AbortController()
  const lists = testService().handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()
  const untilState = async (id: string, state: string): Promise<void> => {
    for (;;) {
      const { value, done } = await lists.next()
      const list: ContainerList = done ? expect.fail('the lists ended') : value
      expect(list.problem).toBeNull()
      if (list.containers.find(container => container.id === id)?.state === state)
        return
    }
  }
  for (const id of [large, many]) {
    await untilState(id, 'running')
    await docker('pause', id)
    await untilState(id, 'paused')
    await docker('unpause', id)
  }
  stop.abort()
})

it('are in a snapshot whole', async () => {
  const snapshots = [await take(large), await take(many)]
  expect(snapshots.map(({ container: { labels }, problems }) => [labels.length, problems.length])).toEqual([[1, 0], [COUNT, 0]])
  const inspected = (id: string): Promise<string> => docker('inspect', '--format', '{{range $name, $value := .Config.Labels}}{{$name}}={{$value}}\n{{end}}', id)
  for (const { container: { id, labels } } of snapshots)
    expect(labels.map(({ name, value }) => `${name}=${value}`).sort().join('\n') === (await inspected(id)).split('\n').filter(line => line !== '').sort().join('\n')).toBe(true)
})
