import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useRunAgain } from '../../../../renderer/stores/run-again'
import type { Request } from '../../../../shared/contract/wire'
import type { ContainerPlan } from '../../../../shared/model/container-plan'
import type { Problem } from '../../../../shared/model/problem'
import type { RanSibling, RunContext } from '../../../../shared/model/run-context'
import { parseRunLine } from '../../../../shared/run/parse-run-line'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'

const WEB = 'a'.repeat(64)
const GONE = { code: 'CONTAINER_GONE', what: 'The engine has no such container.', fix: 'Choose another.' }
const NO_USER = { code: 'USER_MISSING', what: 'The image has no user or group of that name.', fix: 'Name another.' }
const CONTEXT: RunContext = {
  engine: { ...nodeappSnapshot().engine, hasUserNamespaceRemap: false, isRootless: false },
  defaultRuntime: 'runc', rootFolder: '/var/lib/docker', hostMemoryBytes: null, enforces: { memory: true, cpu: true, pids: true }, networks: [], containers: [],
}
const planOf = (flags: string, lost: string[] = []): ContainerPlan =>
  ({ plan: parseRunLine(`docker run -d ${flags} app`), image: { user: '', entrypoint: [], command: [], workingDirectory: '', environment: [], exposed: [], volumes: [], hasHealthCheck: false }, lost })
const ranAs = (change: Partial<RanSibling> = {}): RanSibling => ({ containerId: 'b'.repeat(64), name: 'web-pid-host', warnings: [], ended: null, otherwise: [], ...change })

type Answer = { value: unknown } | { problem: Problem }
let answers: Record<string, Answer>
let asked: Request[]

/** A page on a desktop whose host answers by the name of the call; a call that has no answer waits for ever. */
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  answers = { 'container.plan': { value: planOf('--name web') }, 'run.context': { value: CONTEXT } }
  asked = []
  let toPage: (text: string) => void
  Reflect.set(window, 'isoscope', {
    send: (frame: Request) => {
      asked.push(frame)
      const answer = frame.frame === 'call' ? answers[frame.name] : undefined
      if (answer)
        queueMicrotask(() => toPage(JSON.stringify('value' in answer ? { frame: 'result', id: frame.id, ...answer } : { frame: 'failure', id: frame.id, ...answer })))
    },
    onFrame: (listener: (text: string) => void) => { toPage = listener },
  })
  await useConnection().start(null, false, () => null)
})
afterEach(() => Reflect.deleteProperty(window, 'isoscope'))

it('offers first what the container does not have, and shows the sibling with what is otherwise', async () => {
  const again = useRunAgain()
  answers['container.plan'] = { value: planOf('--name web --pid host -m 64m') }
  await again.open(WEB)
  expect([again.isSet('pid-host'), again.isSet('memory'), again.kind, again.memory, again.user]).toEqual([true, false, 'network-host', '32m', '1000:1000'])
  expect(again.line).toBe('docker run -d --name web-network-host --network host --pid host --memory 64m app')
  expect(again.difference?.namespaces.map(({ after }) => after.type)).toEqual(['net'])
})

it('takes what is typed as docker does, and says what cannot be', async () => {
  const again = useRunAgain()
  await again.open(WEB)
  again.kind = 'memory'
  again.memory = 'much'
  expect([again.wrong, again.sibling]).toEqual(['This is no size. Write a number with a unit, such as 512m or 2g.', null])
  again.memory = '0'
  expect(again.wrong).toMatch(/^This is no limit/)
  again.memory = '64M'
  expect([again.wrong, again.line]).toEqual([null, 'docker run -d --name web-memory-64m --memory 64m app'])
  again.kind = 'user'
  again.user = ''
  expect(again.wrong).toMatch(/^This is nobody/)
  again.user = 'two words'
  expect(again.wrong).toMatch(/^This is no user/)
})

it('offers no sibling that would be the same', async () => {
  const again = useRunAgain()
  answers['container.plan'] = { value: planOf('--name web --user app') }
  await again.open(WEB)
  again.kind = 'user'
  again.user = 'app'
  expect([again.isSame, again.sibling, again.line]).toEqual([true, null, null])
})

it('gives a sibling that runs, and keeps one that ended or that the engine warns of', async () => {
  const again = useRunAgain()
  await again.open(WEB)
  answers['container.runAgain'] = { value: ranAs() }
  expect(await again.confirm()).toEqual(ranAs())
  expect(asked.at(-1)).toMatchObject({ name: 'container.runAgain', input: { containerId: WEB, knob: { kind: 'pid-host' } } })
  expect(again.ran).toBe(null)

  answers['container.runAgain'] = { value: ranAs({ ended: { exitCode: 3 } }) }
  expect(await again.confirm()).toBe(null)
  expect([again.ran, again.kind]).toEqual([ranAs({ ended: { exitCode: 3 } }), 'pid-host'])
  again.kind = 'read-only'
  await vi.waitFor(() => expect(again.ran).toBe(null))

  answers['container.runAgain'] = { value: ranAs({ warnings: ['no swap'] }) }
  expect(await again.confirm()).toBe(null)
  expect(again.ran?.warnings).toEqual(['no swap'])

  answers['container.runAgain'] = { value: ranAs({ otherwise: ['It was made with --ipc shareable.'] }) }
  expect(await again.confirm()).toBe(null)
  expect(again.ran?.otherwise).toEqual(['It was made with --ipc shareable.'])
})

it('says why it was not run, as long as the choice is the same', async () => {
  const again = useRunAgain()
  await again.open(WEB)
  again.kind = 'user'
  again.user = 'nobody-there'
  await vi.waitFor(() => expect(again.knob).toEqual({ kind: 'user', user: 'nobody-there' }))
  answers['container.runAgain'] = { problem: NO_USER }
  expect(await again.confirm()).toBe(null)
  expect([again.runProblem, again.user, again.isRunning]).toEqual([NO_USER, 'nobody-there', false])
  again.user = 'app'
  await vi.waitFor(() => expect(again.runProblem).toBe(null))
})

it('says that it is not known what a container was made of, and keeps the choice for the same one', async () => {
  const again = useRunAgain()
  answers['container.plan'] = { problem: GONE }
  await again.open(WEB)
  expect([again.problem, again.planned]).toEqual([GONE, null])
  answers['container.plan'] = { value: planOf('--name web') }
  await again.open(WEB)
  again.kind = 'memory'
  again.memory = '128m'
  await again.open(WEB)
  expect([again.problem, again.kind, again.memory]).toEqual([null, 'memory', '128m'])
  await again.open('c'.repeat(64))
  expect([again.kind, again.memory]).toEqual(['pid-host', '256m'])
})

it('forgets all where another engine is chosen', async () => {
  const [connection, again] = [useConnection(), useRunAgain()]
  await again.open(WEB)
  answers['container.runAgain'] = { value: ranAs() }
  const running = again.confirm()
  void connection.changeEngine(async () => {})
  expect(await running).toBe(null)
  await vi.waitFor(() => expect([again.planned, again.containerId]).toEqual([null, null]))
})
