import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseProcStatusIds } from '../../../../engine/parse/proc-status-ids'
import { fixture } from '../../../support/fixture'

/** In the middle of other bytes, as a scan has them. */
function parse(text: string): object {
  const bytes = Buffer.from(`NSpid:\t1\n${text}\t3\nNSpid:\t4\n`, 'latin1')
  return parseProcStatusIds(bytes, 9, bytes.length - 12)
}

describe('parseProcStatusIds', () => {
  it('reads both PIDs and the user', () => {
    expect(parse(fixture('proc/debian-12/nodeapp/status'))).toEqual({ effectiveUid: 0, nsPids: [10468, 1] })
    expect(parse(fixture('proc/debian-12/kthreadd/status'))).toEqual({ effectiveUid: 0, nsPids: [2] })
  })

  it('takes the effective of the four user ids', () => {
    expect(parse('Uid:\t1000\t7\t8\t9\n')).toEqual({ effectiveUid: 7, nsPids: [] })
  })

  it.each([
    ['Name:\ta\\nNSpid:\t1\nNSpid:\t7\t1\nNSpid:\t9\n', [7, 1]],
    ['Name:\tNSpid:\t1\nxNSpid:\t2\nNSpidx:\t3\nNSpid:\t4\n', [4]],
    ['NSpid:\t7\t1', []],
    ['NSpid:\t7\t', []],
    ['NSpid:\t7\tx\n', []],
    ['NSpid:\n', []],
    ['NSpid', []],
    ['', []],
  ])('lets nothing forge its PIDs: %j', (text, nsPids) => {
    expect(parse(text)).toEqual({ effectiveUid: null, nsPids })
  })

  it('says of any name what the kernel wrote', () => {
    fc.assert(fc.property(fc.string({ maxLength: 64 }), (name) => {
      // proc_task_name() escapes newlines and backslashes in the name.
      const written = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
      expect(parse(fixture('proc/debian-12/nodeapp/status').replace('node', () => written))).toEqual({ effectiveUid: 0, nsPids: [10468, 1] })
    }))
  })
})
