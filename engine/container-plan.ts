import type { ContainerPlan } from '../shared/model/container-plan'
import { ProblemError } from '../shared/model/problem'
import { findImage } from '../shared/run/find-image'
import { parseImage, parseImageConfig } from './parse/docker-image'
import { engineDefaults } from './parse/engine-defaults'
import { planOf } from './parse/plan-of'
import type { DockerEngine } from './sources/docker'

/**
 * Reads what a container was made of, with every value of its environment: as it is, it is for the engine's process alone. Its image is named by its id where its name has become another's since. Throws ProblemError CONTAINER_GONE, IMAGE_GONE or
 * CONTAINER_NOT_PLANNED.
 */
export async function readContainerPlan(docker: DockerEngine, containerId: string, signal: AbortSignal): Promise<ContainerPlan> {
  const [raw, info, images] = await Promise.all([docker.asked(containerId, signal), docker.info(signal), docker.images(signal)])
  if (!images.some(({ Id }) => Id === raw.Image))
    throw new ProblemError({ code: 'IMAGE_GONE', what: `The engine no longer has the image that ${raw.Name.replace(/^\//, '')} was made of.`, fix: 'Fetch or build it again, and make a container of it on the page Run.' })
  const config = await docker.imageConfig(raw.Image, signal)
  const { plan, lost } = planOf(raw, config, engineDefaults(info))
  const isNamedSo = findImage(images.map(image => parseImage(image, null)), plan.image)?.id === raw.Image
  return { plan: isNamedSo ? plan : { ...plan, image: raw.Image }, image: parseImageConfig(config), lost }
}
