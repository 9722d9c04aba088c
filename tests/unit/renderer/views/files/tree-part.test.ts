import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useConnection } from '../../../../../renderer/stores/connection'
import TreePart from '../../../../../renderer/views/files/TreePart.vue'
import { mountInPage, readable } from '../../mount-page'

const rowOf = (name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[role=treegrid] tbody tr')].find(row => row.querySelector('.name')?.textContent === name)

/** Over the saved-file client: the names in `/` can be listed, the folders below cannot be opened. */
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  await useConnection().openSample()
  mountInPage(TreePart, { containerId: useConnection().recording?.snapshot.container.id })
  await flushPromises()
})

it('opens / at once and shows its names a level below', () => {
  expect(rowOf('/')?.getAttribute('aria-expanded')).toBe('true')
  expect(rowOf('etc')?.getAttribute('aria-level')).toBe('2')
  expect(rowOf('etc')?.getAttribute('aria-expanded')).toBe('false')
})

it('shows where a link leads and does not open it', () => {
  expect(rowOf('bin')?.textContent).toContain('usr/bin')
  expect(rowOf('bin')?.hasAttribute('aria-expanded')).toBe(false)
})

it('says in its place why a folder could not be opened, by mouse and by key', async () => {
  rowOf('etc')?.click()
  await flushPromises()
  expect(readable()).toContain('This recording holds only the names in /.')
  expect(rowOf('etc')?.getAttribute('aria-expanded')).toBe('true')
  rowOf('etc')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))
  await flushPromises()
  expect(readable()).not.toContain('This recording holds only the names in /.')
})
