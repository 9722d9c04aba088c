import { homedir } from 'node:os'
import { createService, type ServiceOptions } from '../engine/service'
import { Snapshot } from '../shared/model/snapshot'

/** How Isoscope looks at an engine. */
export interface Viewpoint {
  /** Null: as docker would choose. */
  readonly address: string | null
  /** Another folder than /proc makes this computer's kernel a stranger to the engine. */
  readonly procRoot?: string
  /** Whether the helper container may run there. */
  readonly isHelperAllowed?: boolean
  /** What `ssh` needs to get there, if not this process's own. */
  readonly env?: NodeJS.ProcessEnv
}

export interface Taker {
  readonly take: (containerId: string) => Promise<Snapshot>
  /** Ends what was started for it: connections, a helper container. */
  readonly end: () => Promise<void>
}

/** Snapshots by a service of its own; each has to be one that a reader of saved files accepts. */
export function snapshotTaker({ address, procRoot, isHelperAllowed = false, env = process.env }: Viewpoint): Taker {
  const options: ServiceOptions = {
    env: address === null ? env : { ...env, DOCKER_HOST: address, DOCKER_CONTEXT: undefined },
    homeDirectory: homedir(),
    platform: process.platform,
    isoscopeVersion: '0.0.0-verify',
    now: () => new Date(),
    ...procRoot === undefined ? {} : { procRoot },
  }
  const service = createService(options)
  if (isHelperAllowed)
    service.permitHelper('every')
  return {
    take: async containerId => Snapshot.parse(await service.takeSnapshot(containerId, new AbortController().signal)),
    end: service.close,
  }
}
