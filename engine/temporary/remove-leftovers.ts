import { ProblemError } from '../../shared/model/problem'
import { TEMPORARY_IMAGE_LABEL, TEMPORARY_LABEL, TEMPORARY_OWNER_LABEL } from '../../shared/model/temporary'
import { shellLine } from '../../shared/text/shell-quote'
import type { ActionLog } from '../actions/action-log'
import { shortImageId } from '../parse/docker-image'
import { parseListedContainer } from '../parse/docker-list'
import type { DockerEngine } from '../sources/docker'
import { isLeftover } from '../sources/helper/leftover'
import { holderOf, type Owner } from '../sources/owner'
import { removeImages } from './remove-images'

interface Removal {
  readonly docker: DockerEngine
  readonly log: ActionLog
  readonly owner: Owner
  readonly now: () => Date
}

/**
 * Removes what an Isoscope of this computer that has ended or was killed left on an engine: helper containers, and containers and images that were
 * for a while. Each is recorded. What another process or computer still holds stays; so does an image that a person has given a second name, or
 * that something else is made of. Rejects where the engine does not list them; one that cannot be removed keeps none of the others.
 */
export async function removeLeftovers({ docker, log, owner, now }: Removal, signal: AbortSignal): Promise<void> {
  const isAbandoned = (token: string | undefined): boolean => holderOf(token, owner) === 'ended'
  const record = (command: readonly string[], remove: () => Promise<void>): Promise<void> =>
    log.record({ engine: docker.endpoint.address, command: shellLine(command) }, async () => {
      await remove().catch(unlessGone)
      return null
    }).catch(() => {})
  const removeContainer = (id: string, name: string): Promise<void> =>
    record(['docker', 'rm', '--force', '--volumes', name], () => docker.remove(id, signal))

  const [helpers, containers] = await Promise.all([docker.helpers(signal), docker.containersLabelled(TEMPORARY_LABEL, signal)])
  await Promise.all([
    ...helpers.filter(helper => isLeftover(helper, owner, now().getTime())).map(({ Id }) => removeContainer(Id, Id.slice(0, 12))),
    ...containers.filter(({ Labels }) => isAbandoned(Labels?.[TEMPORARY_OWNER_LABEL])).map(raw => removeContainer(raw.Id, parseListedContainer(raw).name)),
  ])
  await removeImages(
    docker,
    ({ Labels }) => Labels?.[TEMPORARY_IMAGE_LABEL] !== undefined && isAbandoned(Labels[TEMPORARY_OWNER_LABEL]),
    (image, remove) => record(['docker', 'image', 'rm', '--no-prune', shortImageId(image)], remove),
    signal,
  )
}

/** Another Isoscope that starts now may remove it too, and so may the engine (`--rm`). */
function unlessGone(error: unknown): void {
  const isGoing = error instanceof ProblemError && (error.problem.code === 'CONTAINER_GONE' || /removal of container .* is already in progress/.test(error.problem.what))
  if (!isGoing)
    throw error
}
