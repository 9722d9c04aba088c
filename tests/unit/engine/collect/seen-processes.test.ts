import { describe, expect, it } from 'vitest'
import { type PlacedProcess, processesSeenBy } from '../../../../engine/collect/seen-processes'

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
