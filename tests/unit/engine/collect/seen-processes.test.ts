import { describe, expect, it } from 'vitest'
import { type PlacedProcess, processesSeenBy, untoldProcesses } from '../../../../engine/collect/seen-processes'

const process = (pid: number, ppid: number, nsPids: number[], pidNamespace?: number, containerId: string | null = null): PlacedProcess =>
  ({ pid, ppid, nsPids, containerId, namespaces: { pid: pidNamespace } })

const host = process(1, 0, [1], 10)
const init = process(100, 1, [100, 1], 20, 'own')
const child = process(101, 100, [101, 7], 20, 'own')
const neighbour = process(200, 1, [200, 1], 30, 'other')
/** First process of a PID namespace that was made inside the container, and its child. */
const nested = process(102, 101, [102, 8, 1], 40, 'own')
const nestedChild = process(103, 102, [103, 9, 2], 40, 'own')

const pids = (first: PlacedProcess, all: PlacedProcess[]): number[] => processesSeenBy(first, all).map(({ pid }) => pid)

describe('what a container can see', () => {
  it('is its own PID namespace and those below it', () => {
    expect(pids(init, [host, init, child, neighbour, nested, nestedChild])).toEqual([100, 101, 102, 103])
  })

  it('does not depend on the order of the list', () => {
    expect(pids(init, [nestedChild, nested, child, init])).toEqual([103, 102, 101, 100])
  })

  it('is the whole host in the host\'s PID namespace', () => {
    const hostPid = process(300, 1, [300], 10, 'own')
    expect(pids(hostPid, [host, hostPid, neighbour, nested])).toEqual([1, 300, 200, 102])
  })

  it('holds the processes of a container whose namespace was joined', () => {
    const joined = process(400, 1, [400, 12], 20, 'sidecar')
    expect(pids(joined, [host, init, child, joined, neighbour])).toEqual([100, 101, 400])
  })

  it('is told by the cgroup where no namespace may be read', () => {
    const hidden = [host, init, child, neighbour, nested].map(one => ({ ...one, namespaces: {} }))
    expect(pids({ ...init, namespaces: {} }, hidden)).toEqual([100, 101, 102])
  })
})

describe('what nothing tells to be in its sight or not', () => {
  const hidden = (...processes: PlacedProcess[]): PlacedProcess[] => processes.map(one => ({ ...one, namespaces: {} }))
  const untold = (first: PlacedProcess, all: PlacedProcess[]): number[] => {
    const own = { ...first, namespaces: {} }
    const others = hidden(...all.filter(({ pid }) => pid !== first.pid))
    return untoldProcesses(own, processesSeenBy(own, [own, ...others]), [own, ...others]).map(({ pid }) => pid)
  }

  it('is nothing where every namespace could be read', () => {
    const all = [host, init, child, neighbour, nested, nestedChild]
    expect(untoldProcesses(init, processesSeenBy(init, all), all)).toEqual([])
  })

  it('is nothing among containers that each have a PID 1 of their own', () => {
    expect(untold(init, [host, child, neighbour, process(201, 200, [201, 9], 30, 'other'), nested, nestedChild])).toEqual([])
  })

  it('is who entered from outside: its parent is no process of the container', () => {
    const entered = process(500, 1, [500, 9], 20)
    expect(untold(init, [host, child, neighbour, entered])).toEqual([500])
  })

  it('is not who has a PID there that one of its own processes has', () => {
    expect(untold(init, [host, child, process(500, 1, [500, 7], 30), process(501, 1, [501, 7, 2], 40)])).toEqual([])
  })

  it('is the runtime on its way into it, and not the one that is on its way into another', () => {
    const moving = (pid: number, bornIn: number): PlacedProcess => ({ ...process(pid, 1, [pid, 30]), bornIn })
    const all = [host, init, child, moving(600, 20), moving(601, 30)]
    expect(untoldProcesses(init, processesSeenBy(init, all), all).map(({ pid }) => pid)).toEqual([600])
  })

  it('is a container that has no PID 1 of its own: it joined another\'s namespace, and nothing tells whose', () => {
    const sidecar = process(400, 1, [400, 12], 20, 'sidecar')
    expect(untold(init, [host, child, sidecar])).toEqual([400])
  })

  it('is every container with as many levels for one that joined: any of them may be whose namespace that is', () => {
    const sidecar = process(400, 1, [400, 12], 20, 'sidecar')
    expect(untold(sidecar, [host, init, child, neighbour])).toEqual([100, 101, 200])
  })

  it('is nothing in the host\'s PID namespace, where all are seen', () => {
    expect(untold(process(300, 1, [300], 10, 'own'), [host, neighbour])).toEqual([])
  })
})

// The kernel has none; a scan that takes a while may, when a PID is given out again in between.
describe('parents that lead nowhere', () => {
  const [one, other] = [process(500, 501, [500, 5], undefined, 'other'), process(501, 500, [501, 6], undefined, 'other')]
  const orphan = process(502, 999, [502, 9], undefined, 'other')
  const own = process(503, 503, [503, 8], undefined, 'other')

  it('are followed to their end, in a loop too', () => {
    const all = [host, init, child, one, other, orphan, own]
    expect(pids(init, all)).toEqual([100, 101])
    expect(untoldProcesses(init, [init, child], all).map(({ pid }) => pid)).toEqual([500, 501, 502, 503])
  })

  it('do not hide who is inside', () => {
    const nestedLoop = [process(102, 103, [102, 8, 1], 40, 'own'), process(103, 102, [103, 9, 2], 40, 'own'), process(104, 102, [104, 10], 20, 'own')]
    expect(pids(init, [init, ...nestedLoop])).toEqual([100, 104])
  })
})
