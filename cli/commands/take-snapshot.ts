import type { Snapshot } from '../../shared/model/snapshot'
import type { CommandContext } from '../context'
import { reachEngine } from './reach-engine'
import { resolveContainer } from './resolve-container'

/** A snapshot of the container that a person named. */
export async function takeSnapshot(context: CommandContext, containerText: string, { helper }: { helper?: true | undefined }): Promise<Snapshot> {
  const service = await reachEngine(context)
  if (helper)
    service.permitHelper('every')
  const container = resolveContainer(await service.listContainers(context.signal), containerText)
  return service.takeSnapshot(container.id, context.signal)
}
