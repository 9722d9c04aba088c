import { expect, it } from 'vitest'
import WiringPart from '../../../../../renderer/views/network/WiringPart.vue'
import { nodeappSnapshot } from '../../../shared/nodeapp-snapshot'
import { mountInPage, named, readable } from '../../mount-page'

it('tells an interface without an other end from one of which that is not known, and says why', async () => {
  const snapshot = nodeappSnapshot((draft) => {
    for (const each of draft.network.inside?.interfaces ?? [])
      Object.assign(each, each.name === 'lo' ? {} : { hostPeer: null, hostBridge: null, hostPeerUnknownBecause: '/proc/7/root: no permission to read it' })
  })
  mountInPage(WiringPart, { snapshot, namespace: snapshot.namespaces.find(({ type }) => type === 'net') })
  const wires = named('ul', 'Interfaces and what they are joined to')[0]?.querySelectorAll('li')
  expect([...wires ?? []].map(wire => wire.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'no other end on the hostlo127.0.0.1/8', 'what it is joined to is unknowneth0172.17.0.2/16',
  ])
  named('button', 'unknown')[0]?.click()
  await Promise.resolve()
  expect(readable()).toContain('Why is this unknown?/proc/7/root: no permission to read it')
})
