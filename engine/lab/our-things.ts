import type { Lab } from '../../shared/model/lab'
import { parseListedContainer } from '../parse/docker-list'
import type { RawImage } from '../parse/docker-image'
import type { DockerEngine } from '../sources/docker'
import { TEMPORARY_LABEL, TEMPORARY_OWNER_LABEL } from '../temporary/labels'

interface OurContainer { readonly id: string, readonly name: string, readonly isRunning: boolean }

/** The containers that have the lab's labels, whatever their state. */
export async function ourContainers(docker: DockerEngine, labels: Lab['labels'], signal: AbortSignal): Promise<OurContainer[]> {
  return (await docker.containersLabelled(TEMPORARY_LABEL, signal))
    .filter(raw => isOurs(raw, labels))
    .map((raw) => {
      const { id, name, state } = parseListedContainer(raw)
      return { id, name, isRunning: state === 'running' }
    })
}

/** The images that have them, also those without a name that a build leaves behind. */
export const ourImages = async (docker: DockerEngine, labels: Lab['labels'], signal: AbortSignal): Promise<RawImage[]> =>
  (await docker.everyImage(signal)).filter(image => isOurs(image, labels))

const NAMES = [TEMPORARY_LABEL, TEMPORARY_OWNER_LABEL] as const

/** Whether it has the lab's labels. */
export const isOurs = ({ Labels }: Pick<RawImage, 'Labels'>, labels: Lab['labels']): boolean =>
  NAMES.every(name => Labels?.[name] !== undefined && Labels[name] === labels.find(label => label.name === name)?.value)
