import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useLab } from '../../../../renderer/stores/lab'
import LabView from '../../../../renderer/views/lab/LabView.vue'
import type { Lab, LabRecord } from '../../../../shared/model/lab'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'
import { mountInPage, readable } from '../mount-page'

const LAB: Lab = { name: 'isoscope-lab-0000', labels: [], engine: 'unix:///x', baseImage: 'busybox', containerId: 'a'.repeat(64), buildLines: [], records: [], isEnded: false }

async function show(abilities: 'actions'[], lab: Lab | null): Promise<void> {
  const pinia = createPinia()
  setActivePinia(pinia)
  useConnection().host = { host: 'web', version: '1', abilities, shortcuts: [] }
  useLab().lab = lab
  mountInPage(LabView, {}, { plugins: [pinia] })
  await nextTick()
}

const list = (more: Partial<LabRecord>): LabRecord => ({ step: 'list', state: 'done', prediction: '3', facts: { step: 'list', rows: [], hostProcesses: null }, problem: null, ...more })

it('says how to allow it where Isoscope only looks, and offers nothing', async () => {
  await show([], LAB)
  expect(readable()).toContain('isoscope serve --allow-actions')
  expect(document.querySelectorAll('article')).toHaveLength(0)
})

it('says so where no engine answers, and where to help', async () => {
  await show(['actions'], LAB)
  useConnection().engineStatus = { engine: null, why: '', setAside: null, tried: [], startSteps: [] }
  await nextTick()
  expect(readable()).toContain('No engine answers')
  expect(document.querySelector('[data-to="/engine"]')).not.toBe(null)
  expect(document.querySelectorAll('article')).toHaveLength(0)
})

it('says that it cannot tell where a fact is unknown, whatever was foretold', async () => {
  await show(['actions'], { ...LAB, records: [list({})] })
  useLab().look('list')
  await nextTick()
  expect(readable()).toContain('This cannot be told here')
  expect(readable()).not.toContain('The control group')
  expect(readable()).not.toContain('As you expected.')
})

it('explains what it explains alone', async () => {
  const run = (kernelInside: string): LabRecord => ({ step: 'run', state: 'done', prediction: null, facts: { step: 'run', containerId: 'a', kernelInside, kernelHost: '6.1', tookMs: 100 }, problem: null })
  await show(['actions'], { ...LAB, records: [run('6.1')] })
  useLab().look('run')
  await nextTick()
  expect(readable()).toContain('There is one kernel')
  useLab().lab = { ...LAB, records: [run('4.4.0')] }
  await nextTick()
  expect(readable()).toContain('Another kernel than the host’s')
  expect(readable()).not.toContain('There is one kernel')
  expect(readable()).toContain('not as it usually is')
})

it('says so where the lab is on another engine', async () => {
  await show(['actions'], LAB)
  useConnection().engineStatus = { engine: { ...nodeappSnapshot().engine, endpoint: { origin: 'x', address: 'unix:///other' } }, why: '', setAside: null, tried: [], startSteps: [] }
  await nextTick()
  expect(readable()).toContain('The lab is on another engine')
})

it('says what is wrong, keeps the prediction, and leads to the step that mends it', async () => {
  const problem = { code: 'LAB_CONTAINER_GONE', what: 'engine words', fix: 'engine fix' }
  await show(['actions'], { ...LAB, records: [list({ state: 'failed', facts: null, problem })] })
  useLab().look('list')
  await nextTick()
  expect(readable()).toContain('somebody removed it')
  expect(document.querySelector<HTMLInputElement>('input[inputmode=numeric]')?.value).toBe('3')
  const mend = [...document.querySelectorAll('button')].find(button => button.textContent === 'Go to step 2: Run it')
  mend?.click()
  await nextTick()
  expect(document.querySelector('article h2')?.textContent).toBe('Run it')
})

it('does nothing in a container before there is an image', async () => {
  await show(['actions'], { ...LAB, engine: null, containerId: null })
  useLab().look('hostname')
  await nextTick()
  expect(readable()).toContain('First comes step 2: Run it.')
  expect([...document.querySelectorAll('button')].find(button => button.textContent === 'Ask both')?.disabled).toBe(true)
  expect(readable()).not.toContain('End the lab')
})
