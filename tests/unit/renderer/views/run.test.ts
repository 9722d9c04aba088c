import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useRunForm } from '../../../../renderer/stores/run-form'
import RunView from '../../../../renderer/views/run/RunView.vue'
import { mountInPage, readable } from '../mount-page'

async function show(abilities: 'actions'[]): Promise<ReturnType<typeof useRunForm>> {
  const pinia = createPinia()
  setActivePinia(pinia)
  useConnection().host = { host: 'web', version: '1', abilities, shortcuts: [] }
  mountInPage(RunView, {}, { plugins: [pinia] })
  await nextTick()
  return useRunForm()
}

it('says how to allow it where Isoscope only looks, and offers nothing', async () => {
  await show([])
  expect(readable()).toContain('isoscope serve --allow-actions')
  expect(document.querySelectorAll('input, textarea, select')).toHaveLength(0)
})

it('shows a line, and that nothing is foretold before the engine has answered', async () => {
  const form = await show(['actions'])
  form.typeLine('docker run --privileged nginx')
  await nextTick()
  expect(document.querySelector<HTMLTextAreaElement>('#docker-line')?.value).toBe('docker run --privileged nginx')
  expect(readable()).not.toContain('foretold, not observed')
})

it('says of one that ended at once what is left of it', async () => {
  const form = await show(['actions'])
  const container = { containerId: 'a'.repeat(64), name: 'web', warnings: ['Your kernel does not support swap'], ended: { exitCode: 1 } }
  form.ran = { container, isRemovedAtEnd: false }
  await nextTick()
  expect(readable()).toContain('web ended again at once with exit code 1.')
  expect(readable()).toContain('The engine warns: Your kernel does not support swap')
  expect(document.querySelector('[data-to$="/logs"]')).not.toBe(null)
  form.ran = { container: { ...container, ended: { exitCode: null } }, isRemovedAtEnd: true }
  await nextTick()
  expect(readable()).toContain('web ended again at once, and was removed with its logs, as --rm asks.')
  expect(document.querySelector('[data-to$="/logs"]')).toBe(null)
})
