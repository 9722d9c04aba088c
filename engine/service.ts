import type { Handlers } from '../shared/contract/define'
import type { IsoscopeContract } from '../shared/contract/contract'
import type { Container } from '../shared/model/container'
import type { EngineStatus } from '../shared/model/engine'
import type { Snapshot } from '../shared/model/snapshot'

/** What the engine is told by its host; it reads no environment, clock or working directory by itself. */
export interface ServiceOptions {
  env: Readonly<Record<string, string | undefined>>
  homeDirectory: string
  platform: NodeJS.Platform
  isoscopeVersion: string
  now: () => Date
}

type EngineCalls = 'engine.status' | 'containers.watch' | 'snapshot.take' | 'live.watch' | 'files.list'

export interface Service {
  /** The contract's calls that are the same in every host. */
  handlers: Pick<Handlers<IsoscopeContract>, EngineCalls>
  engineStatus: (signal: AbortSignal) => Promise<EngineStatus>
  /** As `docker ps -a`; throws ProblemError when no engine answers. */
  listContainers: (signal: AbortSignal) => Promise<Container[]>
  takeSnapshot: (containerId: string, signal: AbortSignal) => Promise<Snapshot>
  /** One of the last snapshots that were taken here, for its report. */
  recentSnapshot: (snapshotId: string) => Snapshot | undefined
  close: () => void
}

export declare function createService(options: ServiceOptions): Service
