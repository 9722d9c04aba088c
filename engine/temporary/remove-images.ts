import type { RawImage } from '../parse/docker-image'
import type { DockerEngine } from '../sources/docker'

/**
 * Removes those that are meant, the last one of a build first, and none of their parents with them: an image that lost its name since something was built on it is
 * a person's all the same. Rejects where the engine does not list them, and with what `remove` rejects.
 */
export async function removeImages(docker: DockerEngine, isMeant: (image: RawImage) => boolean, remove: (image: RawImage) => Promise<void>, signal: AbortSignal): Promise<void> {
  let left = (await docker.everyImage(signal)).filter(isMeant)
  while (left.length > 0) {
    const parents = new Set(left.map(({ ParentId }) => ParentId))
    const last = left.filter(({ Id }) => !parents.has(Id))
    for (const image of last)
      await remove(image)
    left = left.filter(image => !last.includes(image))
  }
}
