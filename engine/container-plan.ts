import type { ContainerPlan } from '../shared/model/container-plan'
import { ProblemError } from '../shared/model/problem'
import { findImage } from '../shared/run/find-image'
import { parseImage, parseImageConfig } from './parse/docker-image'
import { isOfPodman } from './parse/docker-version'
import { engineDefaults } from './parse/engine-defaults'
import { planOf } from './parse/plan-of'
import { asDockerTells } from './parse/podman-asked'
import type { DockerEngine } from './sources/docker'
import { isGone } from './sources/engine-failure'

/**
 * Reads what a container was made of, with every value of its environment: as it is, it is for the engine's process alone. Its image is named by its id where its name has become another's since. Throws ProblemError CONTAINER_GONE, IMAGE_GONE or
 * CONTAINER_NOT_PLANNED.
 */
export async function readContainerPlan(docker: DockerEngine, containerId: string, signal: AbortSignal): Promise<ContainerPlan> {
  const [raw, version, info, images] = await Promise.all([docker.asked(containerId, signal), docker.version(signal), docker.info(signal), docker.images(signal)])
  const config = await docker.imageConfig(raw.Image, signal).catch((error: unknown) => { throw isGone(error) ? imageGone(raw.Name, error) : error })
  const { plan, lost } = planOf(isOfPodman(version) ? asDockerTells(raw, config.Config) : raw, config, engineDefaults(info))
  const isNamedSo = findImage(images.map(image => parseImage(image, null)), plan.image)?.id === raw.Image
  return { plan: isNamedSo ? plan : { ...plan, image: raw.Image }, image: parseImageConfig(config), lost }
}

const imageGone = (containerName: string, cause: unknown): ProblemError => new ProblemError({
  code: 'IMAGE_GONE',
  what: `The engine no longer has the image that ${containerName.replace(/^\//, '')} was made of.`,
  fix: 'Fetch or build it again, and make a container of it on the page Run.',
}, { cause })
