import { labDockerfile } from '../../shared/lab/lab-plan'
import type { LabFacts } from '../../shared/model/lab'
import { ProblemError } from '../../shared/model/problem'
import { buildFromText } from '../actions/make-image'
import type { LabBench } from './bench'
import { ourContainers, ourImages } from './our-things'

/** Builds the lab's image from one that the engine has; nothing runs of it then. Throws ProblemError LAB_BASE_MISSING where none is named. */
export async function buildLabImage({ docker, log, lab, change, signal }: LabBench, baseImage: string | null): Promise<LabFacts> {
  if (baseImage === null)
    throw new ProblemError({ code: 'LAB_BASE_MISSING', what: 'No image to build from was named.', fix: 'Choose one that the engine has.' })
  const { name, labels } = lab()
  change({ baseImage, buildLines: [] })
  let imageId = ''
  for await (const work of buildFromText({ docker, log, signal }, labDockerfile(baseImage, labels), name)) {
    change({ buildLines: [...lab().buildLines, ...work.lines] })
    imageId = work.imageId ?? imageId
  }
  const [containers, images] = await Promise.all([ourContainers(docker, labels, signal), ourImages(docker, labels, signal)])
  return { step: 'build', imageId, ownImages: images.length, runningOfIt: containers.filter(({ isRunning }) => isRunning).length }
}
