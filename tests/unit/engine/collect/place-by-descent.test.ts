import { describe, expect, it } from 'vitest'
import { createPlacer } from '../../../../engine/collect/place-by-descent'
import type { ScannedProcess } from '../../../../engine/collect/scanned-process'

const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]
const process = (pid: number, ppid: number, { comm = 'sleep', args = [], mnt, pids = [pid, 1], containerId = null }: { comm?: string, args?: string[], mnt?: number, pids?: number[], containerId?: string | null } = {}): ScannedProcess => ({
  pid, ppid, comm, args, state: 'S', startedAtTicks: 0, cpuTicks: 0, threadCount: 1, rssBytes: 0, effectiveUid: 1000, nsPids: pids, containerId, namespaces: mnt === undefined ? {} : { mnt },
})
const shim = (pid: number, id: string) => process(pid, 1, { comm: 'containerd-shim', args: ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', id], mnt: 9, pids: [pid] })
const conmon = (pid: number, id: string) => process(pid, 1, { comm: 'conmon', args: ['/usr/bin/conmon', '--api-version', '1', '-c', id, '-u', id], mnt: 9, pids: [pid] })
const FIRST = [{ id: ONE, name: 'one', hostPid: 11, upperFolder: null }, { id: TWO, name: 'two', hostPid: 21, upperFolder: null }]
const HOST = process(1, 0, { comm: 'init', mnt: 8, pids: [1] })
const BOTH = [HOST, shim(10, ONE), process(11, 10, { mnt: 101 }), shim(20, TWO), process(21, 20, { mnt: 102 })]

function placed(...more: ScannedProcess[]): Record<number, string | null> {
  const known = new Set(BOTH.map(({ pid }) => pid))
  return Object.fromEntries(createPlacer(FIRST).placeAll([...more, ...BOTH], () => null).filter(({ pid }) => !known.has(pid)).map(({ pid, containerId }) => [pid, containerId]))
}

describe('the container of a process that no control group names', () => {
  it('has its first process, and not what keeps it', () => {
    expect(createPlacer(FIRST).placeAll(BOTH, () => null).map(({ containerId }) => containerId)).toEqual([null, null, ONE, null, TWO])
  })

  it('has whatever descends from it, in other mount namespaces too, whatever order they come in', () => {
    expect(placed(process(13, 12, { mnt: 777 }), process(12, 11, { mnt: 101 }))).toEqual({ 12: ONE, 13: ONE })
  })

  it('has what exec started: a child of its keeper, or of another conmon, in its mount namespace', () => {
    expect(placed(process(14, 10, { mnt: 101 }), conmon(30, TWO), process(31, 30, { mnt: 102 }), process(32, 31))).toEqual({ 14: ONE, 30: null, 31: TWO, 32: TWO })
  })

  it('has neither the runtime that its keeper runs, nor who entered from outside', () => {
    expect(placed(process(15, 10, { comm: 'runc', mnt: 9, pids: [15] }), process(16, 1, { mnt: 101 }))).toEqual({ 15: null, 16: null })
  })

  it('has, where mount namespaces may not be seen, the children of its keeper with a PID namespace of their own', () => {
    expect(placed(process(14, 10), process(15, 10, { comm: 'runc', pids: [15] }))).toEqual({ 14: ONE, 15: null })
  })

  it('keeps an orphan that has another container\'s process for a parent, whose PID namespace it joined', () => {
    expect(placed(process(22, 11, { mnt: 102 }))).toEqual({ 22: TWO })
  })

  it('is believed of no program but a keeper', () => {
    expect(placed(process(40, 1, { comm: 'docker', args: ['docker', 'exec', ONE, 'sh'], mnt: 8, pids: [40] }), process(41, 40, { mnt: 101 }))).toEqual({ 40: null, 41: null })
  })

  it('is what a control group says, where one does', () => {
    const inner = '3'.repeat(64)
    expect(placed(process(12, 11, { mnt: 101, containerId: inner }))).toEqual({ 12: inner })
  })

  it('is told of those that come later by what was told of their parents, until those are gone', () => {
    const placer = createPlacer(FIRST)
    placer.placeAll(BOTH, () => null)
    const later = (ppid: number, containerOf: string | null) => placer.placeAll([process(50, ppid, { mnt: 101 })], () => containerOf).map(({ containerId }) => containerId)
    expect(later(12, ONE)).toEqual([ONE])
    expect(later(10, null)).toEqual([ONE])
    placer.forget(10)
    expect(later(10, null)).toEqual([null])
  })

  it('ends where parents go round', () => {
    expect(placed(process(60, 61), process(61, 60))).toEqual({ 60: null, 61: null })
  })
})
