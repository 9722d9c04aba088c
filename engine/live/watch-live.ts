import { setTimeout as wait } from 'node:timers/promises'
import { sandboxOf } from '../../shared/analysis/sandbox'
import type { LiveSample } from '../../shared/model/live'
import { type Problem, ProblemError } from '../../shared/model/problem'
import { isTimeToAsk } from '../ask-again'
import { chooseKernel, type KernelSources } from '../collect/choose-kernel'
import { runningContainer } from '../collect/kernel-view'
import type { Connection } from '../connection'
import { describeEngine } from '../parse/docker-version'
import type { DockerEngine } from '../sources/docker'
import { isAway } from '../sources/engine-failure'
import { type LiveValues, sampleKernel } from './from-kernel'
import { sampleStats } from './from-stats'
import type { LiveRing } from './live-ring'

export interface LiveOptions {
  readonly connection: Pick<Connection, 'engine' | 'forget' | 'isKnown'>
  readonly sources: KernelSources
  readonly ring: LiveRing
  readonly containerId: string
  readonly everyMs: number
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** How often a container that does not run is asked about. */
const RECHECK_MS = 5000

const NO_SAMPLE: LiveValues = { inside: null, host: null, cpuSeconds: null, memoryBytes: null, pids: null, readAtSeconds: null }

/**
 * What is known of the last hour, then one sample now and every `everyMs` until the signal aborts. Values that cannot be had (the
 * container does not run, the engine does not answer) are null: no sample, never zero. Nothing is read while the reader does not ask.
 * Throws ProblemError CONTAINER_GONE.
 */
export async function* watchLive(options: LiveOptions): AsyncGenerator<LiveSample[]> {
  const { connection, ring, containerId, everyMs, now, signal } = options
  yield ring.lastHour(containerId, now())
  while (!signal.aborted) {
    let problem: Problem | null = null
    try {
      for await (const values of sampleRun(options))
        yield [keep(values, options)]
    }
    catch (error) {
      if (signal.aborted)
        return
      if (!(error instanceof ProblemError) || error.problem.code === 'CONTAINER_GONE')
        throw error
      problem = error.problem
    }
    const sinceMs = performance.now()
    while (!signal.aborted && !(problem === null ? performance.now() - sinceMs >= RECHECK_MS : isTimeToAsk(connection, problem, sinceMs))) {
      yield [keep(NO_SAMPLE, options)]
      await pause(everyMs, signal)
    }
  }
}

function keep(values: LiveValues, { ring, containerId, now }: LiveOptions): LiveSample {
  const sample = { at: now().toISOString(), ...values }
  ring.add(containerId, sample)
  return sample
}

/** The samples of one run of the container, from its kernel or else from its engine; ends with the run. */
async function* sampleRun(options: LiveOptions): AsyncGenerator<LiveValues> {
  const { connection, signal } = options
  const docker = await connection.engine(signal)
  try {
    yield* sampleWith(docker, options)
  }
  catch (error) {
    // The next run looks for the engine anew.
    if (error instanceof ProblemError && isAway(error.problem.code))
      connection.forget(docker)
    throw error
  }
}

async function* sampleWith(docker: DockerEngine, { sources, containerId, everyMs, signal }: LiveOptions): AsyncGenerator<LiveValues> {
  const raw = await docker.inspect(containerId, signal)
  const { Name, State: { Pid: hostPid }, HostConfig } = raw
  const engine = describeEngine(docker.endpoint, await docker.version(signal), await docker.info(signal))
  // What this kernel knows of a sandbox's process is not of the container.
  if (!hostPid || sandboxOf({ runtime: HostConfig.Runtime }, engine) !== null)
    return
  const container = runningContainer(raw, Name, hostPid)
  const { kernel } = await chooseKernel(sources, { engine, endpoint: docker.endpoint, running: [container] }, signal)
  if (kernel.proc === null)
    return yield* atMostEvery(everyMs, sampleStats(docker, containerId, signal))
  const sampleNow = await sampleKernel(kernel.proc, { container, hasOwnPidNamespace: !HostConfig.PidMode }, signal)
  while (!signal.aborted) {
    const startedAt = performance.now()
    const values = await sampleNow(signal)
    if (values === null)
      return
    yield values
    await pause(Math.max(0, everyMs - (performance.now() - startedAt)), signal)
  }
}

/** The engine sets the beat, which is a second and not quite even. */
async function* atMostEvery(everyMs: number, samples: AsyncIterable<LiveValues>): AsyncGenerator<LiveValues> {
  let nextAt = 0
  for await (const values of samples) {
    if (performance.now() < nextAt)
      continue
    nextAt = performance.now() + everyMs - 500
    yield values
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal }).catch(() => {})
