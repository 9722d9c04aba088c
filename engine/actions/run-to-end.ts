import { ProblemError } from '../../shared/model/problem'
import { readFrames } from '../parse/stream-frames'
import type { ExecRequest } from '../sources/action-gate'
import type { DockerEngine, RawExec } from '../sources/docker'
import { hasEnded, SETTLED_WITHIN_MS, untilExec, within } from './exec-status'

/** Of what comes of it, as far as anybody asks: that it could not be started is said there. */
const MAX_SAID_CHARACTERS = 4096

/**
 * Runs a program in a container until it has ended: that is when its output does, and not when a detached one is told to, of which Podman knows for
 * five minutes only that it began (4.3, `--exit-delay` of its conmon). Throws ProblemError.
 */
export async function runToEnd(docker: DockerEngine, containerId: string, request: Omit<ExecRequest, 'streams'>, signal: AbortSignal): Promise<{ status: RawExec, said: string }> {
  const id = await docker.createExec(containerId, { ...request, streams: 'output' }, signal)
  const readChunk = readFrames(header => new ProblemError({ code: 'EXEC_BROKEN', what: `The engine sent no frames: one begins with ${header}.`, fix: 'See the engine\'s log, and try again.' }))
  let said = ''
  for await (const chunk of await docker.startExec(id, signal))
    said += readChunk(chunk).map(({ bytes }) => bytes.toString('utf8')).join('').slice(0, MAX_SAID_CHARACTERS - said.length)
  return { status: await untilExec(docker, id, hasEnded, within(SETTLED_WITHIN_MS)), said }
}
