import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import RailContainers from '../../../../renderer/components/RailContainers.vue'
import type { Container } from '../../../../shared/model/container'
import { mountInPage } from '../mount-page'

const container = (name: string, state: Container['state']): Container =>
  ({ id: name.padEnd(64, '0'), name, image: 'app', command: '', createdAt: '', state, status: '', ports: [] })
const containers = [container('old', 'exited'), ...'hgfedcba'.split('').map(name => container(name, 'running'))]
const props = { containers, isKnown: true, currentId: null, to: (id: string) => `/${id}` }

const names = (): string[] => [...document.querySelectorAll('li')].map(entry => entry.textContent?.trim() ?? '')

it('lists running containers first, by name, each with its state in words', () => {
  mountInPage(RailContainers, props)
  expect(names()).toEqual([...'abcdefgh'.split('').map(name => `running${name}`), 'exitedold'])
})

it('finds by a part of the name once the list is long', async () => {
  const wrapper = mountInPage(RailContainers, props)
  await wrapper.get('input').setValue('OL')
  await nextTick()
  expect(names()).toEqual(['exitedold'])
})

it('draws those of thousands that are in view, and tells of each which it is of how many', () => {
  mountInPage(RailContainers, { ...props, containers: Array.from({ length: 5500 }, (_, index) => container(`c${index}`, index < 500 ? 'running' : 'exited')) })
  expect([names().length < 60, names()[0], document.querySelector('li')?.getAttribute('aria-setsize'), document.querySelector('a')?.textContent?.trim()])
    .toEqual([true, 'runningc0', '5500', 'Containers 5500'])
})
