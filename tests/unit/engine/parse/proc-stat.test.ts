import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseProcStat } from '../../../../engine/parse/proc-stat'
import { fixture } from '../../../support/fixture'

const line = (comm: string): string => fixture('proc/debian-12/nodeapp/stat').replace('(node)', () => `(${comm})`)

describe('parseProcStat', () => {
  it('reads the first process of a container', () => {
    expect(parseProcStat(fixture('proc/debian-12/nodeapp/stat'))).toEqual({
      pid: 10468, comm: 'node', state: 'S', ppid: 10448, cpuSeconds: 0.05, threadCount: 11, startedAtTicks: 93910,
    })
  })

  it('reads a kernel thread, whose parent is 0', () => {
    expect(parseProcStat(fixture('proc/debian-12/kthreadd/stat'))).toEqual({
      pid: 2, comm: 'kthreadd', state: 'S', ppid: 0, cpuSeconds: 0, threadCount: 1, startedAtTicks: 24,
    })
  })

  it.each(['a) R 1 1 (b', ') Z 1', '((', 'two\nlines', ''])('is not fooled by the name %j', (comm) => {
    expect(parseProcStat(line(comm))).toMatchObject({ comm, state: 'S', ppid: 10448 })
  })

  it('never throws, and never takes a state or parent out of the name', () => {
    fc.assert(fc.property(fc.string({ maxLength: 15 }), (comm) => {
      expect(parseProcStat(line(comm))).toMatchObject({ comm, state: 'S', ppid: 10448, startedAtTicks: 93910 })
    }))
  })

  it.each(['', '1', '1 (a)', '1 (a) S x 1', 'x (a) S 1', '-1 (a) S 1 1', fixture('proc/debian-12/nodeapp/stat').slice(0, 60)])('refuses the broken line %j', (text) => {
    expect(parseProcStat(text)).toBeNull()
  })
})
