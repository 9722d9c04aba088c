import { homedir } from 'node:os'
import { createService, type ServiceOptions } from '../engine/service'
import { Snapshot } from '../shared/model/snapshot'

/** How Isoscope looks at an engine. */
export interface Viewpoint {
  /** Null: as docker would choose. */
  readonly address: string | null
  /** Another folder than /proc makes this computer's kernel a stranger to the engine. */
  readonly procRoot?: string
}

/** Snapshots by a service of its own; each has to be one that a reader of saved files accepts. */
export function snapshotTaker({ address, procRoot }: Viewpoint): (containerId: string) => Promise<Snapshot> {
  const options: ServiceOptions = {
    env: address === null ? process.env : { ...process.env, DOCKER_HOST: address, DOCKER_CONTEXT: undefined },
    homeDirectory: homedir(),
    platform: process.platform,
    isoscopeVersion: '0.0.0-verify',
    now: () => new Date(),
    ...procRoot === undefined ? {} : { procRoot },
  }
  const service = createService(options)
  return async containerId => Snapshot.parse(await service.takeSnapshot(containerId, new AbortController().signal))
}
