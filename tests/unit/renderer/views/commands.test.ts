import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { useCommands } from '../../../../renderer/stores/commands'
import { useConnection } from '../../../../renderer/stores/connection'
import CommandsView from '../../../../renderer/views/commands/CommandsView.vue'
import type { ViewAnswer, ViewSide } from '../../../../shared/model/two-views'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'
import { mountInPage, readable } from '../mount-page'

const side = (text: string, more: Partial<ViewSide> = {}): ViewSide => ({
  how: 'ran',
  command: 'hostname',
  lines: [{ stream: 'stdout', text, isCut: false }],
  exitCode: 0,
  endedAt: null,
  tookMs: 12,
  pid: null,
  note: null,
  problem: null,
  ...more,
})

async function show(answer: ViewAnswer | null, abilities: 'actions'[] = ['actions']): Promise<string[]> {
  const pinia = createPinia()
  setActivePinia(pinia)
  useConnection().host = { host: 'web', version: '1', abilities, shortcuts: [] }
  const snapshot = nodeappSnapshot((draft) => { Object.assign(draft.host, { where: 'virtual-machine', proof: 'The boot ids differ.' }) })
  mountInPage(CommandsView, { snapshot }, { plugins: [pinia] })
  const commands = useCommands()
  commands.asked = { commandId: 'hostname' }
  commands.answer = answer
  await nextTick()
  await nextTick()
  return [...document.querySelectorAll('section.side')].map(section => `${section.getAttribute('aria-label')}: ${[...section.querySelectorAll('.text')].map(line => line.textContent).join(' ')}`)
}

const inside = side('21f197875bcf', { command: 'docker exec nodeapp-container hostname' })

it('has three columns where the engine\'s machine is not this computer, and says what was read and what was run', async () => {
  const columns = await show({ argv: ['hostname'], container: inside, host: side('vm', { how: 'read', command: 'cat /proc/sys/kernel/hostname', exitCode: null }), thisComputer: side('mac') })
  expect(columns).toEqual(['Inside the container: 21f197875bcf', 'Host · virtual machine: vm', 'This computer: mac'])
  expect(readable()).toContain('From what the helper reads: cat /proc/sys/kernel/hostname')
  expect(readable()).toContain('No program ran; read after 12 ms.')
  // This computer is not the container's host: nothing of it is marked.
  expect(document.querySelectorAll('section.side:last-of-type .is-own .is-same, section.side:last-of-type .is-own .is-differs')).toHaveLength(0)
})

it('says why there is nothing of the engine\'s machine, and does not put this computer in its place', async () => {
  const problem = { code: 'HOST_NOT_REACHED', what: 'Nothing can be run there: the engine is elsewhere.', fix: 'Allow the helper container.' }
  const columns = await show({ argv: ['hostname'], container: inside, host: side('', { how: 'read', lines: [], exitCode: null, problem }), thisComputer: side('mac') })
  expect(columns).toEqual(['Inside the container: 21f197875bcf', 'Host · virtual machine: ', 'This computer: mac'])
  expect(readable()).toContain('Nothing can be run there: the engine is elsewhere.')
  expect(document.querySelectorAll('.is-same, .is-differs, .is-only')).toHaveLength(0)
})

it('says how to allow it where Isoscope only looks, and offers nothing', async () => {
  await show(null, [])
  expect(readable()).toContain('isoscope serve --allow-actions')
  expect(document.querySelectorAll('.choice, input')).toHaveLength(0)
})

it('says that another program ran where the image has not the first one', async () => {
  await show({ argv: ['cat', '/proc/sys/kernel/hostname'], container: inside, host: side('vm'), thisComputer: null })
  expect(readable()).toContain('The image has no program hostname: cat /proc/sys/kernel/hostname says the same.')
})
