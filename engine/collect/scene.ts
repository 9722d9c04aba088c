import type { ContainerDetail, ContainerRef } from '../../shared/model/container'
import type { Engine } from '../../shared/model/engine'
import type { Evidence, FactName } from '../../shared/model/evidence'
import type { NamespaceType } from '../../shared/model/namespace-type'
import type { Problem } from '../../shared/model/problem'
import type { ProcessRow } from '../../shared/model/process'
import type { RawInspect } from '../parse/docker-inspect'
import type { DockerEngine } from '../sources/docker'
import type { ProcSource } from '../sources/proc-source'
import type { Declared } from './joined-namespaces'
import type { RunningContainer } from './kernel-view'
import type { HostScan } from './scan-host'

/** `/proc` of the engine's own kernel, or why this machine's may not be used for it. */
export type KernelView =
  | { proc: ProcSource, proof: string }
  | { proc: null, because: string }

/** What the `ps` of the engine's machine, or Podman, says of this container, through `GET /containers/{id}/top`; every value is as reported. */
export interface Reported {
  /** Whether these are all that the container sees, by its own PIDs; else they are its own alone, by those of the engine's machine. */
  readonly isWhole: boolean
  readonly processes: ProcessRow[]
  /** Why there are more processes than these; null: these are all. */
  readonly incompleteBecause: string | null
  readonly namespacesByPid: ReadonlyMap<number, ReadonlyMap<NamespaceType, number>>
  /** What every container that runs declares of its namespaces; null where one could not be asked. */
  readonly declared: Declared | null
}

/** Everything that a collector may ask: one container of one engine, at one instant. */
export interface Scene {
  readonly docker: DockerEngine
  readonly engine: Engine
  readonly container: ContainerDetail
  /** The same answer of `inspect`, for what the public model leaves out. */
  readonly raw: RawInspect
  /** Id → name of every container that the engine knows. */
  readonly containerNames: ReadonlyMap<string, string>
  /** Those that have processes now, the container itself among them. */
  readonly runningContainers: readonly ContainerRef[]
  /** Those of them that no control group names: their processes are told by whom they descend from. */
  readonly unnamed: readonly RunningContainer[]
  readonly kernel: KernelView
  /** All processes of the engine's machine, read once for all collectors; null without `/proc`. */
  readonly scan: HostScan | null
  /** What the engine's own `ps` says of the container, where `/proc` may not be used or refuses its namespaces; null when it was not asked or could not tell. */
  readonly reported: Reported | null
  /** Why it could not tell what `/proc` refuses; null when it was not asked, or could. */
  readonly unreportedBecause: string | null
  /** The container's first process and its `/proc`, when it runs and may be looked at; else why not. */
  readonly init: { proc: ProcSource, hostPid: number } | { proc: null, because: string }
  readonly signal: AbortSignal
}

/** What a collector brings home: its part of the snapshot, how each fact was read, and what went wrong on the way. */
export interface Collected<T> {
  readonly facts: T
  readonly evidence: Partial<Record<FactName, Evidence>>
  readonly problems?: readonly Problem[]
}

/** A fact that was read. */
export const known = (source: Evidence['source'], detail: string, command: string): Evidence =>
  ({ source, detail, command, unknownBecause: null, step: null, missingStep: null })

/** A fact that could not be read, and why; `command` is what a person with more rights would type. */
export const unknown = (because: string, command: string): Evidence =>
  ({ source: 'none', detail: because, command, unknownBecause: because, step: null, missingStep: null })
