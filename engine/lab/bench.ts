import type { Lab } from '../../shared/model/lab'
import type { Snapshot } from '../../shared/model/snapshot'
import type { ViewAnswer, ViewCommandId } from '../../shared/model/two-views'
import type { ActionLog } from '../actions/action-log'
import type { DockerEngine } from '../sources/docker'
import type { Inventory } from './inventory'

/** What the lab does its steps with. */
export interface LabTools {
  readonly log: ActionLog
  readonly takeSnapshot: (containerId: string, signal: AbortSignal) => Promise<Snapshot>
  readonly runView: (containerId: string, asked: { readonly commandId: ViewCommandId } | { readonly argv: readonly string[] }, signal: AbortSignal) => Promise<ViewAnswer>
}

/** The same for one step, with the lab as it is. */
export interface LabBench extends LabTools {
  readonly docker: DockerEngine
  readonly lab: () => Lab
  readonly change: (part: Partial<Lab>) => void
  /** What the engine had before the lab. */
  readonly before: Inventory
  /** Aborts when the lab is ended meanwhile. */
  readonly signal: AbortSignal
}
