import { setTimeout as wait } from 'node:timers/promises'
import type { LiveSample } from '../shared/model/live'
import { countProcesses } from './collect/count-processes'
import { findSandbox } from './collect/find-sandbox'
import { namesContainer } from './collect/kernel-view'
import { readCgroup } from './collect/read-cgroup'
import { openCgroup } from './sources/cgroup-files'
import type { DockerEngine } from './sources/docker'
import type { ProcSource } from './sources/proc-source'

export interface LiveOptions {
  readonly engine: (signal: AbortSignal) => Promise<DockerEngine>
  readonly proc: ProcSource
  readonly containerId: string
  readonly everyMs: number
  readonly now: () => Date
  readonly signal: AbortSignal
}

/**
 * One sample now and every `everyMs` until the signal aborts. Values that cannot be had (the container does not run, the
 * engine is on another kernel) are null: no sample, never zero.
 */
export async function* watchLive(options: LiveOptions): AsyncGenerator<LiveSample> {
  const { proc, containerId, everyMs, now, signal } = options
  let hostPid: number | null = null
  while (!signal.aborted) {
    const startedAt = performance.now()
    if (hostPid === null || !await namesContainer(proc, hostPid, containerId))
      hostPid = await findInit(options)
    yield { at: now().toISOString(), ...await sample(proc, hostPid, containerId) }
    await wait(Math.max(0, everyMs - (performance.now() - startedAt)), undefined, { signal }).catch(() => {})
  }
}

/** The engine host's PID of the first process, when it runs on this kernel: in a sandbox it runs on another. */
async function findInit({ engine, proc, containerId, signal }: LiveOptions): Promise<number | null> {
  const docker = await engine(signal)
  const raw = await docker.inspect(containerId, signal)
  const { Pid } = raw.State
  return Pid && await namesContainer(proc, Pid, containerId) && await findSandbox(docker, raw, signal) === null ? Pid : null
}

async function sample(proc: ProcSource, hostPid: number | null, containerId: string): Promise<Omit<LiveSample, 'at'>> {
  if (hostPid === null)
    return { inside: null, host: null, cpuSeconds: null, memoryBytes: null, pids: null }
  const counts = await countProcesses(proc, hostPid, containerId)
  const cgroup = await openCgroup(proc, hostPid)
  const values = cgroup && await readCgroup(cgroup)
  return {
    ...counts,
    cpuSeconds: values?.cpu.usageSeconds ?? null,
    memoryBytes: values?.memory.usageBytes ?? null,
    pids: values?.pids.current ?? null,
  }
}
