import { ProblemError } from '../../shared/model/problem'
import { isOfPodman } from '../parse/docker-version'
import { type RawImage, shortImageId } from '../parse/docker-image'
import type { DockerEngine } from '../sources/docker'

/**
 * Removes those that are meant, the last one of a build first, and none of their parents with them: an image that lost its name since something was built on it is
 * a person's all the same. `around` is called with what removes one. Rejects where the engine does not list them, and with what `around` rejects.
 */
export async function removeImages(docker: DockerEngine, isMeant: (image: RawImage) => boolean, around: (image: RawImage, remove: () => Promise<void>) => Promise<void>, signal: AbortSignal): Promise<void> {
  const takesParents = isOfPodman(await docker.version(signal))
  const tried = new Set<string>()
  for (;;) {
    // Anew each time: what goes may take others of its build along.
    const images = await docker.everyImage(signal)
    const left = images.filter(image => isMeant(image) && !tried.has(image.Id))
    if (left.length === 0)
      return
    const parents = new Set(left.map(({ ParentId }) => ParentId))
    for (const image of left.filter(({ Id }) => !parents.has(Id))) {
      tried.add(image.Id)
      await around(image, async () => {
        const lost = takesParents ? namelessAbove(image, images, isMeant) : null
        if (lost !== null)
          throw parentAtRisk(image, lost)
        await docker.removeImage(image.Id, signal)
      })
    }
  }
}

/** Podman removes an image's parents with it as long as they have no name (4.3; its API takes no `noprune`): the first of them that is not meant; null: none. */
function namelessAbove(image: RawImage, images: readonly RawImage[], isMeant: (image: RawImage) => boolean): RawImage | null {
  const parent = images.find(({ Id }) => Id === image.ParentId)
  if (parent === undefined || parent.RepoTags.length > 0)
    return null
  return isMeant(parent) ? namelessAbove(parent, images, isMeant) : parent
}

const parentAtRisk = (image: RawImage, parent: RawImage): ProblemError => new ProblemError({
  code: 'IMAGE_PARENT_AT_RISK',
  what: `${image.RepoTags[0] ?? shortImageId(image)} is still there: Podman would remove with it the image ${shortImageId(parent)} that it was built on, which has no name any more.`,
  fix: `Give that one a name (podman tag ${shortImageId(parent)} NAME), then try again; or remove both: podman rmi ${shortImageId(image)}`,
})
