import { z } from 'zod'
import { createKeeper, readKept } from './kept-file'

/** As many as a menu can show without being read. */
const MAX_RECENT = 8

const RecentContainer = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().max(300) })
export type RecentContainer = z.infer<typeof RecentContainer>

export interface RecentContainers {
  /** Last shown first. */
  readonly list: () => readonly RecentContainer[]
  readonly add: (container: RecentContainer) => void
  readonly clear: () => void
  /** Resolves when nothing is being written any more. */
  readonly written: () => Promise<void>
}

/** The containers that were shown last, kept in this file. `onFailed` hears when they could not be; the list goes on without. */
export function openRecentContainers(path: string, onFailed: (error: unknown) => void): RecentContainers {
  const kept = readKept(path, z.array(RecentContainer))
  const keep = createKeeper(path)
  let containers: readonly RecentContainer[] = kept.state === 'read' ? kept.value.slice(0, MAX_RECENT) : []
  let written: Promise<void> = Promise.resolve()

  function replace(next: readonly RecentContainer[]): void {
    containers = next
    written = keep(next).catch(onFailed)
  }

  return {
    list: () => containers,
    add({ id, name }) {
      const [first] = containers
      if (first?.id !== id || first.name !== name)
        replace([{ id, name }, ...containers.filter(container => container.id !== id)].slice(0, MAX_RECENT))
    },
    clear: () => replace([]),
    written: () => written,
  }
}
