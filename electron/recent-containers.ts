import { z } from 'zod'
import { createKeeper, readKept } from './kept-file'

/** As many as a menu can show without being read. */
const MAX_RECENT = 8
/** Of all engines together. */
const MAX_KEPT = 64

/** `engine` is its address: the same id may be another container elsewhere. Files of before that have none, and none of their containers is offered. */
const RecentContainer = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().max(300), engine: z.string().max(1100).default('') })
export type RecentContainer = z.infer<typeof RecentContainer>

export interface RecentContainers {
  /** Those of the engine at this address, last shown first; null: no engine answers, so none can be shown. */
  readonly of: (engine: string | null) => readonly RecentContainer[]
  readonly add: (container: RecentContainer) => void
  readonly clear: () => void
  /** Resolves when nothing is being written any more. */
  readonly written: () => Promise<void>
}

/** The containers that were shown last, kept in this file. `onFailed` hears when they could not be; the list goes on without. */
export function openRecentContainers(path: string, onFailed: (error: unknown) => void): RecentContainers {
  const kept = readKept(path, z.array(RecentContainer))
  const keep = createKeeper(path)
  let containers: readonly RecentContainer[] = kept.state === 'read' ? kept.value.slice(0, MAX_KEPT) : []
  let written: Promise<void> = Promise.resolve()

  function replace(next: readonly RecentContainer[]): void {
    containers = next
    written = keep(next).catch(onFailed)
  }

  return {
    of: engine => engine === null ? [] : containers.filter(container => container.engine === engine).slice(0, MAX_RECENT),
    add(shown) {
      const [first] = containers
      if (first?.id !== shown.id || first.name !== shown.name || first.engine !== shown.engine)
        replace([shown, ...containers.filter(({ id, engine }) => id !== shown.id || engine !== shown.engine)].slice(0, MAX_KEPT))
    },
    clear: () => replace([]),
    written: () => written,
  }
}
