import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useRunForm } from '../../../../renderer/stores/run-form'
import type { Request } from '../../../../shared/contract/wire'
import type { Problem } from '../../../../shared/model/problem'
import type { RunContext } from '../../../../shared/model/run-context'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'

const NAME_IN_USE = { code: 'NAME_IN_USE', what: 'Another container is called web already.', fix: 'Choose another name.' }
const AWAY = { code: 'ENGINE_NOT_FOUND', what: 'No Docker engine answers.', fix: 'Start Docker.' }

const contextOf = (hasUserNamespaceRemap: boolean): RunContext => ({
  engine: { ...nodeappSnapshot().engine, hasUserNamespaceRemap, isRootless: false },
  defaultRuntime: 'runc',
  rootFolder: '/var/lib/docker',
  hostMemoryBytes: null,
  enforces: { memory: true, cpu: true, pids: true },
  networks: [],
  containers: [],
})

type Answer = { value: unknown } | { problem: Problem }
let answers: Record<string, Answer>

/** A page on a desktop whose host answers by the name of the call; a call that has no answer waits for ever. */
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  answers = {}
  let toPage: (text: string) => void
  Reflect.set(window, 'isoscope', {
    send: (frame: Request) => {
      const answer = frame.frame === 'call' ? answers[frame.name] : undefined
      if (answer)
        queueMicrotask(() => toPage(JSON.stringify('value' in answer ? { frame: 'result', id: frame.id, ...answer } : { frame: 'failure', id: frame.id, ...answer })))
    },
    onFrame: (listener: (text: string) => void) => { toPage = listener },
  })
  await useConnection().start(null, false, () => null)
})
afterEach(() => Reflect.deleteProperty(window, 'isoscope'))

const userWall = (): string | undefined => useRunForm().foretold?.namespaces.find(({ type }) => type === 'user')?.verdict

it('foretells by the engine that is asked now, and keeps the form where another one is chosen', async () => {
  const [connection, form] = [useConnection(), useRunForm()]
  form.typeLine('docker run --name web nginx')
  expect(form.foretold).toBe(null)
  answers = { 'images.list': { value: [] }, 'run.context': { value: contextOf(false) } }
  await form.look()
  expect(userWall()).toBe('host')

  let isChanged = (): void => {}
  void connection.changeEngine(() => new Promise<void>((resolve) => { isChanged = resolve }))
  await vi.waitFor(() => expect([form.foretold, form.images]).toEqual([null, null]))
  answers['run.context'] = { value: contextOf(true) }
  isChanged()
  await vi.waitFor(() => expect(userWall()).toBe('private'))
  expect(form.line).toBe('docker run --name web nginx')

  answers['run.context'] = { problem: AWAY }
  await form.look()
  expect([form.contextProblem, form.foretold]).toEqual([AWAY, null])
})

it('says why it was not run, as long as the plan is the same', async () => {
  const form = useRunForm()
  answers = { 'container.run': { problem: NAME_IN_USE } }
  form.typeLine('docker run --name web nginx')
  form.ask()
  await form.confirm()
  expect([form.runProblem, form.isRunning, form.ran]).toEqual([NAME_IN_USE, false, null])
  form.dismiss()
  expect([form.runProblem, form.line]).toEqual([NAME_IN_USE, 'docker run --name web nginx'])
  form.type('name', 'web2')
  await vi.waitFor(() => expect(form.runProblem).toBe(null))
})

it('forgets what came of it where another engine was chosen meanwhile', async () => {
  const [connection, form] = [useConnection(), useRunForm()]
  answers = { 'container.run': { value: { containerId: 'a'.repeat(64), name: 'web', warnings: [], ended: null } } }
  form.typeLine('docker run nginx')
  form.ask()
  const running = form.confirm()
  void connection.changeEngine(async () => {})
  await running
  expect([form.ran, form.asked, form.isRunning]).toEqual([null, null, false])
})
