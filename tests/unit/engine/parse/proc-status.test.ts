import { describe, expect, it } from 'vitest'
import { parseProcStatus } from '../../../../engine/parse/proc-status'
import { fixture } from '../../../support/fixture'

describe('parseProcStatus', () => {
  it('reads what the kernel enforces', () => {
    expect(parseProcStatus(fixture('proc/debian-12/nodeapp/status'))).toEqual({
      capabilities: { inheritable: 0n, permitted: 0xA80425FBn, effective: 0xA80425FBn, bounding: 0xA80425FBn, ambient: 0n },
      noNewPrivileges: false,
      seccompMode: 2,
    })
  })

  it('lets no name forge a field: the kernel escapes newlines in Name, and the first line wins', () => {
    expect(parseProcStatus('Name:\ta\\nSeccomp:\t0\nSeccomp:\t2\nSeccomp:\t0\n').seccompMode).toBe(2)
  })

  it('knows nothing of an empty file', () => {
    expect(parseProcStatus('')).toEqual({
      capabilities: { inheritable: null, permitted: null, effective: null, bounding: null, ambient: null },
      noNewPrivileges: null,
      seccompMode: null,
    })
  })
})
