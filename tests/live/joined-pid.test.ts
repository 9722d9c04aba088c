import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll, type StartedContainer } from '../support/containers'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let owner: StartedContainer
let look: Look
beforeAll(async () => {
  owner = await start({ name: 'pid-owner' })
  const { id } = await start({ name: 'joined-pid', flags: [`--pid=container:${owner.id}`], command: ['tail', '-f', '/dev/null'] })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('sees the processes of both, and knows whose each is', () => {
  const { processes, container } = look.snapshot
  expect(processes.map(({ pid, command, owner: whose, ownerName }) => ({ first: pid === 1, command, whose, ownerName }))).toEqual([
    { first: true, command: 'sleep', whose: 'other-container', ownerName: owner.name },
    { first: false, command: 'tail', whose: 'this-container', ownerName: container.name },
  ])
})

it('is seen from the other side, too', async () => {
  const { snapshot } = await lookAt(owner.id)
  expect(snapshot.namespaces.find(({ type }) => type === 'pid')).toMatchObject({ verdict: 'shared', sharedWith: [{ id: look.snapshot.container.id, name: look.snapshot.container.name }] })
  expect(snapshot.processes.map(({ owner: whose }) => whose)).toEqual(['this-container', 'other-container'])
})
