import { setTimeout as wait } from 'node:timers/promises'
import type { ExecRequest } from '../sources/action-gate'
import type { DockerEngine, RawExec } from '../sources/docker'

/** The container's own user and folder; what it writes is read. */
export const AS_THE_CONTAINER = { user: '', workingDirectory: '', streams: 'output' } satisfies Partial<ExecRequest>

/** It runs no longer, or was never started: the engine has its exit code then, and a moment after the last of its output. */
export const hasEnded = ({ Running, ExitCode }: RawExec): boolean => !Running && ExitCode !== null

/** The engine knows whether it was started: not yet when it answers the request to start it, nor when the first output comes (moby, daemon/exec.go). */
export const hasBegun = (status: RawExec): boolean => hasEnded(status) || (status.Pid === undefined ? status.Running : status.Pid > 0)

/** What Podman writes where an exec's own words would be when nothing was started: libpod's three errors of a runtime (define/errors.go). */
const NOT_STARTED_BY_PODMAN = /^Error: .*: OCI (?:runtime error|permission denied|runtime attempted to invoke a command that was not found)\r?$/m
/** With one of these (libpod, define/exec_codes.go). */
const CODES_OF_PODMAN: ReadonlySet<number | null> = new Set([125, 126, 127])

/** It had a process. `said`: the beginning of what came of it, which decides where no PID is told of one that has ended. */
export function hadProcess(status: RawExec, said: string): boolean {
  if (!hasEnded(status))
    return true
  return status.Pid === undefined ? !(CODES_OF_PODMAN.has(status.ExitCode) && NOT_STARTED_BY_PODMAN.test(said)) : status.Pid > 0
}

/** What has ended, or was killed, is known to the engine as such within milliseconds. */
export const SETTLED_WITHIN_MS = 2000
const FIRST_LOOK_MS = 10
const LONGEST_LOOK_MS = 200

/** Asks the engine until it is so, or until `isOver`; gives what it said last. */
export async function untilExec(docker: DockerEngine, execId: string, isSo: (status: RawExec) => boolean, isOver: () => boolean): Promise<RawExec> {
  const { signal } = new AbortController()
  for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(LONGEST_LOOK_MS, lookMs * 2)) {
    const status = await docker.inspectExec(execId, signal)
    if (isSo(status) || isOver())
      return status
    await wait(lookMs)
  }
}

/** For `untilExec`: from now on so many milliseconds. */
export function within(ms: number): () => boolean {
  const until = performance.now() + ms
  return () => performance.now() > until
}
