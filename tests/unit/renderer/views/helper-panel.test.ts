import { createPinia, setActivePinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useHelper } from '../../../../renderer/stores/helper'
import HelperPanel from '../../../../renderer/views/engine-status/HelperPanel.vue'
import type { HelperState } from '../../../../shared/model/helper'
import { mountInPage, readable } from '../mount-page'

function show(state: HelperState, isOffered: boolean, because: string | null = null): string[] {
  const pinia = createPinia()
  setActivePinia(pinia)
  useConnection().host = { host: 'desktop', version: '1', abilities: isOffered ? ['helper'] : [], shortcuts: [] }
  useHelper().status = { state, because, engineId: 'an-engine', containerId: null }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { render: () => null } }] })
  mountInPage(HelperPanel, {}, { plugins: [pinia, router] })
  return [...document.querySelectorAll('.ways button')].map(button => button.textContent?.trim() ?? '')
}

it.each([
  ['off', ['Let it run on this engine'], 'not allowed'],
  ['ready', ['Do not let it run any more'], 'allowed'],
  ['running', ['Do not let it run any more'], 'running'],
  ['refused', ['Try again', 'Do not let it run any more'], 'refused by the engine'],
] as const)('offers what can be done when it is %s', (state, buttons, words) => {
  expect(show(state, true)).toEqual(buttons)
  expect(document.querySelector('h2')?.parentElement?.textContent).toContain(words)
})

it('is not there where nothing is missing', () => {
  show('not-needed', true)
  expect(readable()).toBe('')
})

it('shows the engine\'s own words when it was refused, unseen characters written out', () => {
  show('refused', true, 'authorization denied by plugin \u202Ex')
  expect(readable()).toContain(String.raw`authorization denied by plugin \u202ex`)
})

it('says how to get leave where this page may not give it', () => {
  expect(show('off', false)).toEqual([])
  expect(readable()).toContain('isoscope serve --helper')
})

it('says what it may do before it is asked for', () => {
  show('off', true)
  for (const fact of ['no registry is asked', 'SYS_PTRACE', 'DAC_READ_SEARCH', 'without AppArmor or SELinux', 'read-only root', 'no network', 'It ends with Isoscope'])
    expect(readable()).toContain(fact)
})
