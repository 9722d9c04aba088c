import { describe, expect, it } from 'vitest'
import { orderAsTree } from '../../../../renderer/views/processes/process-tree'

interface Row { pid: number | null, ppid: number | null }
const kin = { id: ({ pid }: Row) => pid, parent: ({ ppid }: Row) => ppid }
const row = (pid: number | null, ppid: number | null): Row => ({ pid, ppid })
const order = (rows: Row[], closed: number[] = []): unknown[] =>
  orderAsTree(rows, kin, ({ pid }) => pid !== null && closed.includes(pid)).map(({ row: { pid }, level, isOpen }) => [pid, level, isOpen])

describe('processes as a tree', () => {
  it('puts children behind their parent, by number', () => {
    expect(order([row(30, 1), row(1, 0), row(4, 1), row(31, 4)])).toEqual([[1, 1, true], [4, 2, true], [31, 3, null], [30, 2, null]])
  })

  it('hides what is below a closed branch', () => {
    expect(order([row(1, 0), row(4, 1), row(31, 4)], [4])).toEqual([[1, 1, true], [4, 2, false]])
  })

  it('keeps a row whose parent was filtered out, as a root', () => {
    expect(order([row(31, 4)])).toEqual([[31, 1, null]])
  })

  it('keeps rows without a number', () => {
    expect(order([row(null, null), row(1, 0)])).toEqual([[null, 1, null], [1, 1, null]])
  })

  it('ends in a loop of parents, which only a broken file can hold', () => {
    expect(order([row(1, 0), row(1, 0), row(2, 1)])).toEqual([[1, 1, true], [2, 2, null], [1, 1, true]])
  })
})
