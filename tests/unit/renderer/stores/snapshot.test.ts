import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useSnapshot } from '../../../../renderer/stores/snapshot'
import { createClient } from '../../../../shared/contract/client'
import type { IsoscopeContract } from '../../../../shared/contract/contract'
import type { Reply } from '../../../../shared/contract/wire'
import { nodeappSnapshot } from '../../shared/nodeapp-snapshot'

/** What the page sent, and how it is answered. */
let sent: { frame: string, id: number }[]
let reply: (reply: Reply) => void
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  sent = []
  await useConnection().openSample()
  const { recording } = useConnection()
  if (!recording)
    throw new Error('the sample is not open')
  const client = createClient<IsoscopeContract>({ send: frame => void sent.push(frame), onFrame: (listener) => { reply = listener }, onClose: () => {} })
  vi.spyOn(recording.client, 'call').mockImplementation((name, input, options) => client.call(name, input, options))
})
afterEach(() => vi.restoreAllMocks())

it('shows what was asked for last, also where an earlier answer comes after it', async () => {
  const store = useSnapshot()
  const first = store.open('a'.repeat(64))
  const second = store.take()
  const calls = sent.filter(({ frame }) => frame === 'call').map(({ id }) => id)
  const answers = ['earlier', 'later'].map(name => nodeappSnapshot((draft) => { draft.container.name = name }))
  for (const at of [1, 0])
    reply({ frame: 'result', id: calls[at] ?? -1, value: answers[at] })
  await Promise.all([first, second])
  expect([calls.length, store.snapshot?.container.name, store.isTaking, store.problem]).toEqual([2, 'later', false, null])
})
