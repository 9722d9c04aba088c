import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll, type StartedContainer } from '../support/containers'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let owner: StartedContainer
let look: Look
beforeAll(async () => {
  owner = await start({ name: 'network-owner', command: ['httpd', '-f', '-p', '8081'] })
  const { id } = await start({ name: 'joined-network', flags: [`--network=container:${owner.id}`] })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('shares the network namespace with its owner, and no other that is private', () => {
  const shared = look.snapshot.namespaces.filter(({ verdict }) => verdict === 'shared')
  expect(shared.map(({ type, sharedWith }) => ({ type, sharedWith }))).toEqual([{ type: 'net', sharedWith: [{ id: owner.id, name: owner.name }] }])
})

it('shows the listener of the other container, with the process that holds it', async () => {
  const web = (await lookAt(owner.id)).snapshot.container.hostPid
  expect(look.snapshot.network.inside?.listening).toEqual([{ protocol: 'tcp6', address: '::', port: 8081, hostPid: web, command: 'httpd' }])
})
