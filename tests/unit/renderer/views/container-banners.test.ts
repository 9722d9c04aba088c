import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useContainers } from '../../../../renderer/stores/containers'
import { useHelper } from '../../../../renderer/stores/helper'
import { useSnapshot } from '../../../../renderer/stores/snapshot'
import ContainerView from '../../../../renderer/views/container/ContainerView.vue'
import type { HelperState } from '../../../../shared/model/helper'
import type { Snapshot } from '../../../../shared/model/snapshot'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'
import { mountInPage } from '../mount-page'

/** The banners over the page of this snapshot, each in one line. */
function banners(change: (draft: Snapshot) => void, { helper = 'not-needed', listed }: { helper?: HelperState, listed?: Partial<Snapshot['container']> } = {}): string[] {
  const snapshot = nodeappSnapshot(change)
  const pinia = createPinia()
  setActivePinia(pinia)
  useConnection().host = { host: 'desktop', version: '1', abilities: ['helper'], shortcuts: [] }
  const store = useSnapshot()
  store.containerId = snapshot.container.id
  store.snapshot = snapshot
  useHelper().status = { state: helper, because: null, engineId: 'an-engine', containerId: null }
  useContainers().containers = listed ? [{ ...snapshot.container, ...listed }] : []
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] })
  mountInPage(ContainerView, { id: snapshot.container.id }, { plugins: [pinia, router] })
  return [...document.querySelectorAll('.banner')].map(banner => (banner.textContent ?? '').replace(/\s+/g, ' ').trim())
}

const elsewhere = (draft: Snapshot): void => { Object.assign(draft.host, { where: 'virtual-machine', proof: 'The boot ids differ.' }) }
const isMissing = (draft: Snapshot): void => { Object.assign(draft.evidence['users.inside'], { unknownBecause: 'not read', missingStep: 'helper' }) }

it('there are none where the host is this computer and everything was read', () => {
  expect(banners(() => {})).toEqual([])
})

it('says where the host is when it is not this computer, with the proof one gesture away', async () => {
  expect(banners(elsewhere)).toEqual(['The host is the engine’s virtual machine, not this computer.'])
  document.querySelector<HTMLButtonElement>('.banner .how')?.click()
  await nextTick()
  expect(document.querySelector('.popover .proof')?.textContent).toBe('The boot ids differ.')
})

it('says both in one line where the host is elsewhere and a helper would know more', () => {
  expect(banners((draft) => { elsewhere(draft); isMissing(draft) }, { helper: 'off' })).toEqual(['The host is the engine’s virtual machine, not this computer. Some facts are unknown here.What would know more?'])
})

it('whose engine it is, when it is rootless', () => {
  expect(banners(draft => Object.assign(draft.host, { where: 'rootless', engineUser: 'anna\u202E', proof: 'p' }))[0]).toBe(String.raw`The host is this computer, with a rootless engine of user anna\u202e.`)
})

it('leads to the helper container where it would know more and nobody has decided', () => {
  expect(banners(isMissing, { helper: 'off' })[0]).toBe('Some facts are unknown here.What would know more?')
  expect(document.querySelector('.banner a')?.getAttribute('data-to')).toBe('/engine#helper')
})

it.each(['ready', 'running', 'refused', 'not-needed'] as const)('does not ask for it again when it is %s', (helper) => {
  expect(banners(isMissing, { helper })).toEqual([])
})

it('does not ask for it where it would help nothing', () => {
  expect(banners(() => {}, { helper: 'off' })).toEqual([])
})

it('says when the container has another state by now', () => {
  expect(banners(() => {}, { listed: { state: 'exited' } })).toEqual(['The container is now exited; this page still shows it as it was read.'])
})
