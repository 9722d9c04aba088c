import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h, type ShallowRef } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { readSample } from '../../../../renderer/client/open-recording'
import { useHostCommands } from '../../../../renderer/composables/use-host-commands'
import { usePageState } from '../../../../renderer/composables/use-page-state'
import { useConnection } from '../../../../renderer/stores/connection'
import type { HostCommand, IsoscopeContract, PageState } from '../../../../shared/contract/contract'
import type { Handlers } from '../../../../shared/contract/define'
import type { Container } from '../../../../shared/model/container'
import { DEFAULT_PREFERENCES } from '../../../../shared/model/preferences'
import type { Problem } from '../../../../shared/model/problem'
import { openPipe } from '../desktop-pipe'

const snapshot = await readSample()
const idOf = (beginning: string): string => beginning.padEnd(64, '0')
const LIST: Container[] = ['aaaaaaaaaaaa1', 'aaaaaaaaaaaa2', 'bbbbbbbbbbbb'].map(id => ({ ...snapshot.container, id: idOf(id) }))
const AWAY: Problem = { code: 'ENGINE_NOT_FOUND', what: 'No Docker engine answers.', fix: 'Start Docker.' }

let send: (command: HostCommand) => void
let states: PageState[]
let router: Router
let page: VueWrapper
let problem: ShallowRef<Problem | null>
let helps: number

/** A page on a desktop whose engine has these containers, or none that answers. */
async function openPage(listProblem: Problem | null = null): Promise<void> {
  sessionStorage.clear()
  states = []
  helps = 0
  const waiting: HostCommand[] = []
  let wake = (): void => {}
  send = (command) => {
    waiting.push(command)
    wake()
  }
  const handlers: Handlers<IsoscopeContract> = {
    'host.describe': async () => ({ host: 'desktop', version: '1', abilities: ['preferences'], shortcuts: [] }),
    'host.commands': async function* (_, { signal }) {
      while (!signal.aborted) {
        const command = waiting.shift()
        if (command)
          yield command
        else
          await new Promise<void>((resolve) => { wake = resolve })
      }
    },
    'host.showState': async (state) => {
      states.push(state)
      return {}
    },
    'preferences.read': async () => ({ preferences: DEFAULT_PREFERENCES, problem: null }),
    'preferences.write': async () => ({}),
    'engine.endpoints': async () => [],
    'engine.choose': async () => ({ engine: null, why: '', setAside: null, tried: [], startSteps: [] }),
    'engine.status': async () => ({ engine: listProblem ? null : snapshot.engine, why: '', setAside: null, tried: [], startSteps: [] }),
    'helper.status': async () => ({ state: 'off', because: 'not allowed', engineId: null, containerId: null }),
    'helper.allow': async () => ({ state: 'off', because: 'not allowed', engineId: null, containerId: null }),
    'containers.watch': async function* () {
      yield { at: snapshot.takenAt, containers: listProblem ? [] : LIST, problem: listProblem }
    },
    'container.act': async () => ({}),
    'view.run': async () => { throw new Error('nothing runs here') },
    'images.list': async () => [],
    'run.context': () => Promise.reject(new Error('not asked here')),
    'container.run': () => Promise.reject(new Error('not asked here')),
    'container.plan': () => Promise.reject(new Error('not asked here')),
    'container.runAgain': () => Promise.reject(new Error('not asked here')),
    'image.pull': async function* () {},
    'image.build': async function* () {},
    'lab.watch': async function* () {},
    'lab.perform': async () => ({}),
    'lab.renew': async () => ({}),
    'actions.watch': async function* () {},
    'snapshot.take': async ({ containerId }) => ({ ...snapshot, container: { ...snapshot.container, id: containerId } }),
    'live.watch': async function* () {},
    'processes.watch': async function* () {},
    'logs.watch': async function* () {},
    'shell.find': async () => ({ shells: [], because: null, user: '', workingDirectory: '/' }),
    'shell.open': async function* () {},
    'shell.write': async () => ({}),
    'shell.resize': async () => ({}),
    'shell.close': async () => ({}),
    'toolbox.offer': async () => { throw new Error('not asked here') },
    'toolbox.open': async function* () {},
    'files.list': async () => ({ path: '/', entries: [], omittedCount: 0 }),
    'report.export': async () => ({ outcome: 'cancelled' }),
  }
  openPipe(handlers)
  router = createRouter({
    history: createMemoryHistory(),
    routes: ['/', '/engine', '/preferences', '/containers/:id/:page'].map(path => ({ path, component: { render: () => null } })),
  })
  await router.push('/')
  page = mount(defineComponent({
    setup() {
      usePageState()
      problem = useHostCommands(() => { helps += 1 })
      return () => h('main')
    },
  }), { global: { plugins: [createPinia(), router] } })
  await useConnection().start(null, false, () => null)
}

afterEach(() => {
  page.unmount()
  Reflect.deleteProperty(window, 'isoscope')
})

const where = (): string => router.currentRoute.value.fullPath

it.each([
  ['a whole id', idOf('cccccccccccc'), `/containers/${idOf('cccccccccccc')}/overview`],
  ['the beginning of one container\'s id', 'bbbbbbbbbbbb', `/containers/${idOf('bbbbbbbbbbbb')}/overview`],
])('opens a container by %s, also when it was asked for before the list was there', async (_what, idPrefix, address) => {
  await openPage()
  send({ command: 'openContainer', idPrefix })
  await expect.poll(where).toBe(address)
  expect(problem.value).toBeNull()
})

it.each([
  ['two containers have ids that begin so', 'aaaaaaaaaaaa', null, 'CONTAINER_AMBIGUOUS'],
  ['no container has such an id', 'dddddddddddd', null, 'CONTAINER_UNKNOWN'],
  ['no engine can be asked', 'bbbbbbbbbbbb', AWAY, 'CONTAINER_NOT_LOOKED_UP'],
])('says so and stays where it is when %s', async (_why, idPrefix, listProblem, code) => {
  await openPage(listProblem)
  send({ command: 'openContainer', idPrefix })
  await expect.poll(() => problem.value?.code).toBe(code)
  expect(where()).toBe('/')
})

it('closes the recording that is shown before a container of the engine is opened', async () => {
  await openPage()
  send({ command: 'openSample' })
  await expect.poll(() => useConnection().recording?.isSample).toBe(true)
  send({ command: 'openContainer', idPrefix: 'bbbbbbbbbbbb' })
  await expect.poll(where).toBe(`/containers/${idOf('bbbbbbbbbbbb')}/overview`)
  expect(useConnection().recording).toBeNull()
})

it('goes to the pages, opens the help, and reads a snapshot file as any other', async () => {
  await openPage()
  send({ command: 'goTo', page: 'preferences' })
  await expect.poll(where).toBe('/preferences')
  send({ command: 'goTo', page: 'help' })
  await expect.poll(() => helps).toBe(1)
  send({ command: 'openSnapshot', fileName: 'x.json', text: '{' })
  await expect.poll(() => useConnection().recordingProblem?.code).toBe('SNAPSHOT_NOT_JSON')
  send({ command: 'openSnapshot', fileName: 'x.isoscope.json', text: JSON.stringify(snapshot) })
  await expect.poll(() => useConnection().recording?.isSample).toBe(false)
})

it('tells the host what its window shows', async () => {
  await openPage()
  await expect.poll(() => states.at(-1)).toEqual({
    title: 'Isoscope',
    container: null,
    isRecording: false,
    isBusy: false,
    engine: { words: `${snapshot.engine.product} ${snapshot.engine.version}, API ${snapshot.engine.apiVersion}`, address: snapshot.engine.endpoint.address },
  })
})
