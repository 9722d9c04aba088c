import { setTimeout as wait } from 'node:timers/promises'
import type { Lab, LabFacts } from '../../shared/model/lab'
import { ProblemError } from '../../shared/model/problem'
import { shellLine } from '../../shared/text/shell-quote'
import type { ActionLog } from '../actions/action-log'
import { inPlainWords } from '../actions/plain-words'
import type { DockerEngine } from '../sources/docker'
import { HttpRefusal } from '../sources/http-request'
import { removeImages } from '../temporary/remove-images'
import { isOurs, ourContainers, ourImages } from './our-things'

interface RemoveOptions {
  readonly docker: DockerEngine
  readonly log: ActionLog
}

const PATIENCE_MS = 4_000
const AGAIN_MS = 250

const GONE: ReadonlySet<string> = new Set(['CONTAINER_GONE', 'CONTAINER_GOING'])

type Removed = Extract<LabFacts, { step: 'clean' }>['removed']

/** With its anonymous volumes, running or not, and recorded. One that somebody else removed is removed. */
export const removeContainer = ({ docker, log }: RemoveOptions, id: string, name: string): Promise<void> =>
  log.record({ engine: docker.endpoint.address, command: shellLine(['docker', 'rm', '--force', '--volumes', name]) }, async () => {
    await docker.remove(id, new AbortController().signal).catch((error: unknown) => {
      const plain = inPlainWords(error, name)
      if (!(plain instanceof ProblemError) || !GONE.has(plain.problem.code))
        throw plain
    })
    return null
  })

/**
 * Removes everything on the engine that has the lab's labels: its containers, then its images, the last one of a build first. What the
 * images were built on is left, whatever became of its own names. Throws ProblemError with the engine's words and what to do.
 */
export async function removeOurs({ docker, log }: RemoveOptions, { name, labels }: Pick<Lab, 'name' | 'labels'>): Promise<Removed> {
  const { signal } = new AbortController()
  const containers = await ourContainers(docker, labels, signal)
  await Promise.all(containers.map(container => removeContainer({ docker, log }, container.id, container.name)))
  const removed = { containers: containers.map(container => container.name), images: (await ourImages(docker, labels, signal)).length }
  if (removed.images === 0)
    return removed
  await log.record({ engine: docker.endpoint.address, command: shellLine(['docker', 'rmi', name]) }, async () => {
    await removeImages(docker, image => isOurs(image, labels), (_, remove) => patiently(remove), signal).catch((error: unknown) => { throw imageKept(error) })
    return null
  })
  return removed
}

/** An engine that gives up a build has a container of that for a while, which keeps an image: seconds, where its storage copies whole layers. */
async function patiently(remove: () => Promise<void>): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await remove()
    }
    catch (error) {
      if (conflictIn(error) === null || performance.now() > until)
        throw error
      await wait(AGAIN_MS)
    }
  }
}

/** 409 of `DELETE /images/{id}` (moby, daemon/images/image_delete.go): a container or another image was made of it, or it has tags of others. */
const conflictIn = (error: unknown): HttpRefusal | null =>
  error instanceof ProblemError && error.cause instanceof HttpRefusal && error.cause.statusCode === 409 ? error.cause : null

function imageKept(error: unknown): unknown {
  const conflict = conflictIn(error)
  return conflict === null
    ? error
    : new ProblemError({ code: 'LAB_IMAGE_IN_USE', what: `The lab’s image is used by somebody else. The engine said: ${conflict.message}`, fix: 'Remove what was made of it, then end the lab again.' }, { cause: error })
}
