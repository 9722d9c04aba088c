import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeAll } from '../support/containers'
import { itIsWhatTheOraclesSay } from './expectations/every-part'
import { start } from './start'
import { type Look } from '../../verify/look'
import { lookAt } from './take'

let look: Look
beforeAll(async () => {
  const flags = ['--security-opt=seccomp=unconfined', '--cap-add=NET_ADMIN', '--cap-add=SYS_PTRACE', '--device=/dev/null:/dev/other:r']
  const { id } = await start({ name: 'unconfined', flags })
  look = await lookAt(id)
})
afterAll(removeAll)

itIsWhatTheOraclesSay(() => look)

it('has no system call filter, more capabilities, and a device', () => {
  const { security } = look.snapshot
  expect(security.seccomp).toBe('disabled')
  expect(security.capabilities?.effective).toEqual(expect.arrayContaining(['NET_ADMIN', 'SYS_PTRACE']))
  expect(security.devices).toEqual([{ onHost: '/dev/null', inside: '/dev/other', permissions: 'r' }])
})
