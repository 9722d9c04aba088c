import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useComparison } from '../../../../renderer/stores/comparison'
import { useConnection } from '../../../../renderer/stores/connection'
import { useSnapshot } from '../../../../renderer/stores/snapshot'
import { createClient } from '../../../../shared/contract/client'
import type { IsoscopeContract } from '../../../../shared/contract/contract'
import type { Reply } from '../../../../shared/contract/wire'
import { asciiJson } from '../../../../shared/text/ascii-json'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'

const OWN = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const GONE = { code: 'CONTAINER_GONE', what: 'The container was removed.', fix: 'Choose another.' }

/** What the page asked for, and how it is answered. */
let asked: number[]
let reply: (reply: Reply) => void
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  asked = []
  await useConnection().openSample()
  const { recording } = useConnection()
  if (!recording)
    throw new Error('the sample is not open')
  const client = createClient<IsoscopeContract>({
    send: (frame) => {
      if (frame.frame === 'call')
        asked.push(frame.id)
    },
    onFrame: (listener) => { reply = listener },
    onClose: () => {},
  })
  vi.spyOn(recording.client, 'call').mockImplementation((name, input, options) => client.call(name, input, options))
})
afterEach(() => vi.restoreAllMocks())

const named = (name: string): ReturnType<typeof nodeappSnapshot> => nodeappSnapshot((draft) => { draft.container.name = name })
const answer = (at: number, name: string): void => reply({ frame: 'result', id: asked[at] ?? -1, value: named(name) })
const file = (name: string, text: string): File => new File([text], name)

it('reads the container that was chosen last, also where an earlier answer comes after it', async () => {
  const comparison = useComparison()
  const [first, second] = [comparison.choose({ kind: 'container', id: OTHER }), comparison.choose({ kind: 'container', id: 'c'.repeat(64) })]
  expect([comparison.isReading, comparison.snapshot]).toEqual([true, null])
  answer(1, 'later')
  answer(0, 'earlier')
  await Promise.all([first, second])
  expect([comparison.snapshot?.container.name, comparison.isReading, comparison.problem]).toEqual(['later', false, null])
})

it('says why a container could not be read, and reads it when it is asked again', async () => {
  const comparison = useComparison()
  const failing = comparison.choose({ kind: 'container', id: OTHER })
  reply({ frame: 'failure', id: asked[0] ?? -1, problem: GONE })
  await failing
  expect([comparison.snapshot, comparison.problem, comparison.isReading, comparison.other]).toEqual([null, GONE, false, { kind: 'container', id: OTHER }])
  const again = comparison.choose({ kind: 'container', id: OTHER })
  answer(1, 'back')
  await again
  expect([comparison.snapshot?.container.name, comparison.problem]).toEqual(['back', null])
})

it('has the same container as it was before it was read again', async () => {
  const [own, comparison] = [useSnapshot(), useComparison()]
  const opened = own.open(OWN)
  answer(0, 'as it was')
  await opened
  expect(own.before).toBe(null)
  const taken = own.take()
  answer(1, 'as it is')
  await taken
  await comparison.choose({ kind: 'before' })
  expect([comparison.snapshot?.container.name, own.snapshot?.container.name]).toEqual(['as it was', 'as it is'])
})

it('keeps what was read before where the second reading fails', async () => {
  const own = useSnapshot()
  const opened = own.open(OWN)
  answer(0, 'as it was')
  await opened
  const taken = own.take()
  reply({ frame: 'failure', id: asked[1] ?? -1, problem: GONE })
  await taken
  expect([own.before, own.snapshot?.container.name]).toEqual([null, 'as it was'])
})

it('opens a saved snapshot, and refuses what is none by its name', async () => {
  const comparison = useComparison()
  await comparison.choose({ kind: 'file', file: file('web.isoscope.json', asciiJson(named('saved'))) })
  expect([comparison.snapshot?.container.name, comparison.problem]).toEqual(['saved', null])
  await comparison.choose({ kind: 'file', file: file('other.json', '{}') })
  expect([comparison.snapshot, comparison.problem?.code, comparison.problem?.what.includes('other.json')]).toEqual([null, 'SNAPSHOT_NOT_VALID', true])
})

it('forgets the other when another container comes on the page', async () => {
  const [own, comparison] = [useSnapshot(), useComparison()]
  await comparison.choose({ kind: 'file', file: file('web.isoscope.json', asciiJson(named('saved'))) })
  void own.open(OWN)
  await nextTick()
  expect([comparison.other, comparison.snapshot]).toEqual([null, null])
})
