import type { Lab } from '../../shared/model/lab'
import { TEMPORARY_IMAGE_LABEL, TEMPORARY_LABEL, TEMPORARY_OWNER_LABEL, type TemporaryPurpose } from '../../shared/model/temporary'
import { parseListedContainer } from '../parse/docker-list'
import type { RawImage } from '../parse/docker-image'
import type { DockerEngine } from '../sources/docker'

interface OurContainer { readonly id: string, readonly name: string, readonly isRunning: boolean }

/** The containers that the lab ran, whatever their state. */
export async function ourContainers(docker: DockerEngine, labels: Lab['labels'], signal: AbortSignal): Promise<OurContainer[]> {
  return (await docker.containersLabelled(TEMPORARY_LABEL, signal))
    .filter(({ Labels }) => Labels?.[TEMPORARY_LABEL] === LAB && Labels[TEMPORARY_OWNER_LABEL] === ownerIn(labels))
    .map((raw) => {
      const { id, name, state } = parseListedContainer(raw)
      return { id, name, isRunning: state === 'running' }
    })
}

/** The images that have its labels, also those without a name that a build leaves behind. */
export const ourImages = async (docker: DockerEngine, labels: Lab['labels'], signal: AbortSignal): Promise<RawImage[]> =>
  (await docker.everyImage(signal)).filter(image => isOurs(image, labels))

const LAB: TemporaryPurpose = 'lab'
const ownerIn = (labels: Lab['labels']): string | undefined => labels.find(({ name }) => name === TEMPORARY_OWNER_LABEL)?.value

/** Whether it is an image that the lab built. */
export const isOurs = ({ Labels }: Pick<RawImage, 'Labels'>, labels: Lab['labels']): boolean =>
  Labels?.[TEMPORARY_IMAGE_LABEL] === LAB && Labels[TEMPORARY_OWNER_LABEL] === ownerIn(labels)
