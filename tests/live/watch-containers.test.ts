import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ContainerList } from '../../shared/model/live'
import { removeAll } from '../support/containers'
import { docker } from '../support/docker'
import { ensureBusyboxImage } from '../support/test-images'
import { start } from './start'
import { testService } from './take'

const LIMIT_MS = 10_000

beforeAll(ensureBusyboxImage)
afterAll(removeAll)

/** The next list for which `isIt` holds; earlier ones show the steps in between. */
async function nextList(lists: AsyncIterator<ContainerList>, isIt: (list: ContainerList) => boolean): Promise<ContainerList> {
  const endsAt = performance.now() + LIMIT_MS
  while (performance.now() < endsAt) {
    const { value, done } = await lists.next()
    if (done)
      break
    if (isIt(value))
      return value
  }
  throw new Error(`no such list came within ${LIMIT_MS / 1000} s`)
}

const stateOf = (id: string) => ({ containers }: ContainerList): string | undefined => containers.find(container => container.id === id)?.state

it('gives the list at once, as docker ps has it, and again after each change', async () => {
  const { handlers } = testService()
  const stop = new AbortController()
  const lists = handlers['containers.watch']({}, { signal: stop.signal })[Symbol.asyncIterator]()

  const first = await nextList(lists, () => true)
  const listed = (await docker('ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.State}}')).split('\n')
  const ids = new Set(listed.map(line => line.split(' ')[0]))
  expect(first.problem).toBeNull()
  expect(first.containers.map(({ id, state }) => `${id} ${state}`).filter(line => ids.has(line.split(' ')[0]))).toEqual(expect.arrayContaining(listed.filter(line => first.containers.some(({ id }) => line.startsWith(id)))))

  const { id } = await start({ name: 'watched' })
  const running = stateOf(id)
  await nextList(lists, list => running(list) === 'running')
  await docker('rename', id, `isoscope-test-live-renamed-${id.slice(0, 8)}`)
  await nextList(lists, ({ containers }) => containers.some(container => container.id === id && container.name.startsWith('isoscope-test-live-renamed-')))
  await docker('pause', id)
  await nextList(lists, list => running(list) === 'paused')
  await docker('kill', id)
  await nextList(lists, list => running(list) === 'exited')
  await docker('rm', id)
  await nextList(lists, list => running(list) === undefined)
  stop.abort()
  expect((await lists.next()).done).toBe(true)
})
