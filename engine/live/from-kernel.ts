import type { LiveSample } from '../../shared/model/live'
import type { RunningContainer } from '../collect/kernel-view'
import { readCgroupOf } from '../collect/read-cgroup'
import { scanHost } from '../collect/scan-host'
import { createProcessTicker } from '../processes/process-ticker'
import { type ProcSource, Unreadable } from '../sources/proc-source'

export type LiveValues = Omit<LiveSample, 'at'>

/** What is sampled of a container that runs; null: it does so no more. */
export type SampleNow = (signal: AbortSignal) => Promise<LiveValues | null>

/** Whose samples: the container's first process on the engine's machine, and whether its PID namespace is the container's own by what was declared. */
export interface SampledRun {
  readonly container: RunningContainer
  readonly hasOwnPidNamespace: boolean
}

/** Counts and usage out of the engine's kernel, which `proc` is proved to be. */
export async function sampleKernel(proc: ProcSource, { container, hasOwnPidNamespace }: SampledRun, signal: AbortSignal): Promise<SampleNow> {
  const { id: containerId, hostPid } = container
  const { processes, byPid, kernel, incompleteBecause } = await scanHost(proc, id => id === containerId, signal)
  const init = byPid.get(hostPid) ?? null
  const ticker = createProcessTicker({ proc, kernel, isContainer: id => id === containerId, unnamed: init?.containerId === null ? [container] : [], processes, init })
  // Without the inode its own processes are told by their cgroup, and those of whom it shares the namespace with are not.
  const isWhole = incompleteBecause === null
  const isCountable = isWhole && init !== null && (hasOwnPidNamespace || init.namespaces.pid !== undefined || init.nsPids.length === 1)

  return async (now) => {
    await ticker.tick({ kind: 'adaptive', visible: [hostPid] }, now)
    if (init === null || !ticker.table.has(hostPid) || ticker.table.startedAtTicks(hostPid) !== init.startedAtTicks)
      return null
    const usage = await usageOf(proc, hostPid)
    return { inside: isCountable ? ticker.table.insideCount() : null, host: isWhole ? ticker.table.size() : null, ...usage, readAtSeconds: performance.now() / 1000 }
  }
}

/** Found anew each time: a process may be moved into another group. */
async function usageOf(proc: ProcSource, hostPid: number): Promise<Pick<LiveValues, 'cpuSeconds' | 'memoryBytes' | 'pids'>> {
  try {
    const values = (await readCgroupOf(proc, hostPid))?.values
    return { cpuSeconds: values?.cpu.usageSeconds ?? null, memoryBytes: values?.memory.usageBytes ?? null, pids: values?.pids.current ?? null }
  }
  catch (error) {
    if (error instanceof Unreadable)
      return { cpuSeconds: null, memoryBytes: null, pids: null }
    throw error
  }
}
