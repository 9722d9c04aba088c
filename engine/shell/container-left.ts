import { setTimeout as wait } from 'node:timers/promises'
import { ProblemError } from '../../shared/model/problem'
import type { DockerEngine } from '../sources/docker'

const POLL_MS = 25

/** Whether the container's first process is no longer that one: it ended, or began anew. */
export async function hasLeft(docker: DockerEngine, containerId: string, pid: number | null, signal: AbortSignal): Promise<boolean> {
  try {
    return (await docker.inspect(containerId, signal)).State.Pid !== pid
  }
  catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'CONTAINER_GONE')
      return true
    throw error
  }
}

/** What is asked for again until it is as expected, or the time is over: the last answer. */
export async function untilOr<T>(ms: number, ask: () => Promise<T>, isExpected: (answer: T) => boolean, signal: AbortSignal): Promise<T> {
  const until = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (isExpected(answer) || performance.now() >= until)
      return answer
    await wait(POLL_MS, undefined, { signal })
  }
}
