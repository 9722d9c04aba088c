import { describe, expect, it } from 'vitest'
import { parseProcStatus } from '../../../../engine/parse/proc-status'
import { fixture } from '../../../support/fixture'

describe('parseProcStatus', () => {
  it('reads both PIDs, the user, memory and what the kernel enforces', () => {
    expect(parseProcStatus(fixture('proc/debian-12/nodeapp/status'))).toEqual({
      effectiveUid: 0,
      nsPids: [10468, 1],
      rssBytes: 42916 * 1024,
      capabilities: { inheritable: 0n, permitted: 0xA80425FBn, effective: 0xA80425FBn, bounding: 0xA80425FBn, ambient: 0n },
      noNewPrivileges: false,
      seccompMode: 2,
    })
  })

  it('gives a kernel thread no memory of its own', () => {
    expect(parseProcStatus(fixture('proc/debian-12/kthreadd/status'))).toMatchObject({ nsPids: [2], rssBytes: 0 })
  })

  it('takes the effective of the four user ids', () => {
    expect(parseProcStatus('Uid:\t1000\t0\t0\t0\n').effectiveUid).toBe(0)
  })

  it('lets no name forge a field: the kernel escapes newlines in Name, and the first line wins', () => {
    expect(parseProcStatus('Name:\ta\\nNSpid:\t1\nNSpid:\t7\t1\nNSpid:\t9\n').nsPids).toEqual([7, 1])
  })

  it('knows nothing of an empty file', () => {
    expect(parseProcStatus('')).toEqual({
      effectiveUid: null,
      nsPids: [],
      rssBytes: 0,
      capabilities: { inheritable: null, permitted: null, effective: null, bounding: null, ambient: null },
      noNewPrivileges: null,
      seccompMode: null,
    })
  })
})
