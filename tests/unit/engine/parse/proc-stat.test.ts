import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { emptyProcStat, parseProcStat } from '../../../../engine/parse/proc-stat'
import { fixture } from '../../../support/fixture'

/** In the middle of other bytes, as a scan has them. */
function parse(text: string): object | null {
  const bytes = Buffer.from(`) 1 (${text}) 9 9`, 'latin1')
  const stat = emptyProcStat()
  if (!parseProcStat(bytes, 5, bytes.length - 5, stat))
    return null
  const { commStart, commEnd, ...numbers } = stat
  return { ...numbers, comm: bytes.toString('latin1', commStart, commEnd) }
}

const line = (comm: string): string => fixture('proc/debian-12/nodeapp/stat').replace('(node)', () => `(${comm})`)

describe('parseProcStat', () => {
  it('reads the first process of a container', () => {
    expect(parse(fixture('proc/debian-12/nodeapp/stat'))).toEqual({
      pid: 10468, comm: 'node', state: 'S', ppid: 10448, isExiting: false, cpuTicks: 5, threadCount: 11, startedAtTicks: 93910, rssPages: 10695,
    })
  })

  it('reads a kernel thread, whose parent is 0', () => {
    expect(parse(fixture('proc/debian-12/kthreadd/stat'))).toEqual({
      pid: 2, comm: 'kthreadd', state: 'S', ppid: 0, isExiting: false, cpuTicks: 0, threadCount: 1, startedAtTicks: 24, rssPages: 0,
    })
  })

  it.each(['a) R 1 1 (b', ') Z 1', '((', 'two\nlines', ''])('is not fooled by the name %j', (comm) => {
    expect(parse(line(comm))).toMatchObject({ comm, state: 'S', ppid: 10448 })
  })

  it('never throws, and never takes a state or parent out of the name', () => {
    fc.assert(fc.property(fc.string({ maxLength: 15 }), (comm) => {
      expect(parse(line(comm))).toMatchObject({ comm, state: 'S', ppid: 10448, startedAtTicks: 93910 })
    }))
  })

  it.each(['', '1', '1 (a)', '1 (a) S x 1', 'x (a) S 1', '-1 (a) S 1 1', fixture('proc/debian-12/nodeapp/stat').slice(0, 60), fixture('proc/debian-12/nodeapp/stat').replace(/95 1844.*/s, ''), '4194304 (a) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0 1', '1 (a) S 1 1 1 0 -1 0 0 0 0 0 NaN 0 0 0 20 0 1 0 9 0 0 1'])('refuses the broken line %j', (text) => {
    expect(parse(text)).toBeNull()
  })
})
