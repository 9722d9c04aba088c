import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const { id } = await start({ name: 'host-ipc-uts', flags: ['--ipc=host', '--uts=host'] })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('has the IPC and UTS namespaces of the host', () => {
  const verdicts = Object.fromEntries(look.snapshot.namespaces.map(({ type, verdict }) => [type, verdict]))
  expect(verdicts).toMatchObject({ ipc: 'host', uts: 'host', mnt: 'private', pid: 'private', net: 'private' })
  expect(look.snapshot.hostname.inside).toBe(look.snapshot.hostname.host)
})
