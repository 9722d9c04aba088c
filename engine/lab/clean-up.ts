import type { LabFacts } from '../../shared/model/lab'
import type { LabBench } from './bench'
import { compareInventories, takeInventory } from './inventory'
import { ourContainers, ourImages } from './our-things'
import { removeOurs } from './remove-ours'

/** Removes everything, and looks at what the engine has then. */
export async function cleanUp({ docker, log, lab, before, signal }: LabBench): Promise<LabFacts> {
  const { labels } = lab()
  const removed = await removeOurs({ docker, log }, lab())
  const [after, containers, images] = await Promise.all([takeInventory(docker, signal), ourContainers(docker, labels, signal), ourImages(docker, labels, signal)])
  return {
    step: 'clean',
    removed,
    left: [
      ...containers.map(({ name }) => ({ kind: 'container' as const, name })),
      ...images.map(({ Id, RepoTags }) => ({ kind: 'image' as const, name: RepoTags[0] ?? Id.slice(7, 19) })),
    ],
    inventory: compareInventories(before, after),
  }
}
