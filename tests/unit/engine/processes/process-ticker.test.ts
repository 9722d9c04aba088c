import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RunningContainer } from '../../../../engine/collect/kernel-view'
import { scanHost } from '../../../../engine/collect/scan-host'
import { createProcessTicker, type ProcessChanges, type ProcessTicker } from '../../../../engine/processes/process-ticker'
import { localProc } from '../../../../engine/sources/local-proc'
import type { ProcSource } from '../../../../engine/sources/proc-source'
import { tempFolder } from '../../../support/temp-folder'

const never = new AbortController().signal
const ID = 'c'.repeat(64)
let root: string
/** The PIDs of which `stat` was read since they were last taken. */
let looked: number[]

interface Made { ppid?: number, comm?: string, state?: string, cpu?: number, startedAt?: number, inside?: number, namespace?: number, cgroup?: string }

function put(pid: number, { ppid = 1, comm = 'app', state = 'S', cpu = 0, startedAt = 10, inside, namespace = inside === undefined ? 1 : 2, cgroup = inside === undefined ? '/' : `/docker/${ID}` }: Made = {}): void {
  const folder = join(root, String(pid))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'ns'), { recursive: true })
  writeFileSync(join(folder, 'stat'), `${pid} (${comm}) ${state} ${ppid} 0 0 0 0 0 0 0 0 0 ${cpu} 0 0 0 20 0 1 0 ${startedAt} 0 7 0\n`)
  writeFileSync(join(folder, 'status'), `Name:\t${comm}\nUid:\t0\t0\t0\t0\nNSpid:\t${pid}${inside === undefined ? '' : `\t${inside}`}\n`)
  writeFileSync(join(folder, 'cmdline'), `${comm}\0`)
  writeFileSync(join(folder, 'cgroup'), `0::${cgroup}\n`)
  symlinkSync(`pid:[${namespace}]`, join(folder, 'ns/pid'))
}
const remove = (pid: number): void => rmSync(join(root, String(pid)), { recursive: true })

beforeEach(() => {
  root = tempFolder()
  looked = []
  writeFileSync(join(root, 'uptime'), '1000.00 1.00\n')
  put(1, { ppid: 0 })
})

async function follow(initPid: number | null, unnamed: readonly RunningContainer[] = []): Promise<ProcessTicker> {
  const local = localProc(root)
  const proc: ProcSource = {
    ...local,
    readProcesses: async (wanted, pids, visit, signal) => {
      if (wanted === 'stat' && pids !== 'all')
        looked.push(...pids)
      await local.readProcesses(wanted, pids, visit, signal)
    },
  }
  const { processes, byPid, kernel } = await scanHost(proc, () => true, never)
  return createProcessTicker({ proc, kernel, isContainer: () => true, unnamed, processes, init: initPid === null ? null : byPid.get(initPid) ?? null })
}

const brief = ({ arrived, left, changed }: ProcessChanges) => ({
  arrived: arrived.map(({ pid, comm }) => `${pid} ${comm}`),
  left: left.map(({ pid, startedAtTicks }) => `${pid} ${startedAtTicks}`),
  changed: changed.map(({ pid, cpuTicks, state }) => `${pid} ${cpuTicks} ${state}`),
})
const full = async (ticker: ProcessTicker) => brief(await ticker.tick({ kind: 'full' }, never))
const NOTHING = { arrived: [], left: [], changed: [] }

describe('a full tick', () => {
  it('tells who came, who went and what moved, and nothing when nothing did', async () => {
    put(5)
    put(6)
    const ticker = await follow(null)
    expect(await full(ticker)).toEqual(NOTHING)
    put(5, { cpu: 12, state: 'R' })
    remove(6)
    put(7, { comm: 'new' })
    expect(await full(ticker)).toEqual({ arrived: ['7 new'], left: ['6 10'], changed: ['5 12 R'] })
    expect(await full(ticker)).toEqual(NOTHING)
  })

  it('takes a later process under the same PID for another one', async () => {
    put(5)
    const ticker = await follow(null)
    put(5, { startedAt: 99_000, comm: 'later' })
    expect(await full(ticker)).toEqual({ arrived: ['5 later'], left: ['5 10'], changed: [] })
  })

  it('brings a process anew that became another program, under the same start', async () => {
    put(5)
    const ticker = await follow(null)
    put(5, { comm: 'other' })
    expect(await full(ticker)).toEqual({ arrived: ['5 other'], left: [], changed: [] })
  })

  it('looks once more at what had just begun, and takes nothing back from what has ended since', async () => {
    put(5, { startedAt: 99_950, comm: 'young' })
    put(6, { startedAt: 99_950, comm: 'ended', inside: 3 })
    put(20, { inside: 1 })
    const ticker = await follow(20)
    writeFileSync(join(root, 'uptime'), '1002.00 1.00\n')
    put(5, { startedAt: 99_950, comm: 'young', cgroup: `/docker/${ID}` })
    put(6, { startedAt: 99_950, comm: 'ended', state: 'Z', cgroup: '/', inside: 3 })
    const changes = await ticker.tick({ kind: 'full' }, never)
    expect([brief(changes), changes.arrived[0]?.containerId, ticker.table.containerOf(6)]).toEqual([{ arrived: ['5 young'], left: [], changed: ['6 0 Z'] }, ID, ID])
  })

  it('leaves out a line that no kernel writes', async () => {
    const ticker = await follow(null)
    put(5)
    writeFileSync(join(root, '5/stat'), '5 (app) S 1 0 0')
    expect([await full(ticker), ticker.table.size()]).toEqual([NOTHING, 1])
  })
})

describe('a container that no control group names', () => {
  it('has what comes later too: what descends from it, and what is executed in it', async () => {
    const inside = (pid: number, ppid: number, inner: number): void => {
      put(pid, { ppid, inside: inner, cgroup: '/' })
      symlinkSync('mnt:[77]', join(root, `${pid}/ns/mnt`))
    }
    put(19, { comm: 'conmon' })
    writeFileSync(join(root, '19/cmdline'), `/usr/bin/conmon\0-c\0${ID}\0`)
    inside(20, 19, 1)
    const ticker = await follow(20, [{ id: ID, name: 'rootless', hostPid: 20, upperFolder: null }])
    expect([ticker.table.containerOf(20), ticker.table.containerOf(19)]).toEqual([ID, null])
    inside(21, 20, 2)
    inside(22, 19, 3)
    inside(23, 1, 4)
    put(24, { ppid: 19, comm: 'runc' })
    const { arrived } = await ticker.tick({ kind: 'full' }, never)
    expect(arrived.map(({ pid, containerId }) => [pid, containerId])).toEqual([[21, ID], [22, ID], [23, null], [24, null]])
  })

  it('is forgotten with its first process', async () => {
    put(20, { inside: 1, cgroup: '/' })
    const ticker = await follow(20, [{ id: ID, name: 'rootless', hostPid: 20, upperFolder: null }])
    put(20, { startedAt: 500, comm: 'later' })
    const { arrived } = await ticker.tick({ kind: 'full' }, never)
    expect(arrived.map(({ comm, containerId }) => [comm, containerId])).toEqual([['later', null]])
  })
})

describe('what is inside', () => {
  it('is counted, with its PID there, as it comes and goes, child before parent too', async () => {
    put(20, { inside: 1 })
    const ticker = await follow(20)
    put(21, { ppid: 20, inside: 7 })
    put(22, { ppid: 23, inside: 8, namespace: 3 })
    writeFileSync(join(root, '22/status'), 'Uid:\t0\t0\t0\t0\nNSpid:\t22\t8\t1\n')
    put(23, { ppid: 20, inside: 9 })
    await full(ticker)
    expect([ticker.table.insideCount(), ...[1, 20, 21, 22, 23].map(pid => ticker.table.insidePid(pid))]).toEqual([4, undefined, 1, 7, 8, 9])
    remove(21)
    const { left } = await ticker.tick({ kind: 'full' }, never)
    expect([left, ticker.table.insideCount()]).toEqual([[{ pid: 21, startedAtTicks: 10, wasInside: true }], 3])
  })

  it('is not yet what the runtime is before it has become the container\'s program', async () => {
    put(20, { inside: 1 })
    const ticker = await follow(20)
    put(21, { comm: 'runc:[2:INIT]', startedAt: 99_999, inside: 2 })
    await full(ticker)
    const before = ticker.table.insideCount()
    put(21, { comm: 'sh', startedAt: 99_999, inside: 2 })
    expect([before, await full(ticker), ticker.table.insideCount()]).toEqual([1, { arrived: ['21 sh'], left: ['21 99999'], changed: [] }, 2])
  })
})

describe('a cheaper tick', () => {
  it('sees who comes and goes at once, what is on screen and inside each time, and everything within ten', async () => {
    for (let pid = 100; pid < 200; pid += 1)
      put(pid)
    put(20, { inside: 1 })
    const ticker = await follow(20)
    const seen = new Set<number>()
    for (let count = 0; count < 10; count += 1) {
      looked = []
      await ticker.tick({ kind: 'adaptive', visible: [111, 4_000_000] }, never)
      expect([looked.includes(20), looked.includes(111), looked.length <= 14]).toEqual([true, true, true])
      looked.forEach(pid => seen.add(pid))
    }
    expect(seen.size).toBe(102)
    put(300)
    remove(150)
    expect(brief(await ticker.tick({ kind: 'adaptive', visible: [] }, never))).toMatchObject({ arrived: ['300 app'], left: ['150 10'] })
  })

  it('looks at one container alone: at what is inside and at the members of its cgroup', async () => {
    put(20, { inside: 1 })
    put(21, { ppid: 20, inside: 2 })
    put(30)
    const ticker = await follow(20)
    remove(21)
    put(22, { ppid: 20, inside: 3 })
    put(30, { startedAt: 50, ppid: 20, inside: 4 })
    const changes = await ticker.tick({ kind: 'container', members: [20, 22, 30] }, never)
    expect([brief(changes), ticker.table.insideCount(), looked.sort()]).toEqual([{ arrived: ['22 app', '30 app'], left: ['21 10', '30 10'], changed: [] }, 3, [20, 21, 30]])
  })
})
