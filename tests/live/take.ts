import { homedir } from 'node:os'
import { createService, type Service, type ServiceOptions } from '../../engine/service'
import { Snapshot } from '../../shared/model/snapshot'
import { hostProcesses, type PsLine } from './oracles/host-processes'
import { type Members, runningMembers } from './oracles/members'

/** The engine as a host makes it, on this machine. */
export const testService = (options: Partial<ServiceOptions> = {}): Service => createService({
  env: process.env,
  homeDirectory: homedir(),
  platform: process.platform,
  isoscopeVersion: '0.0.0-test',
  now: () => new Date(),
  ...options,
})

/** A snapshot by a service of its own; it has to be one that a reader of saved files accepts. */
export async function take(containerId: string, options: Partial<ServiceOptions> = {}): Promise<Snapshot> {
  return Snapshot.parse(await testService(options).takeSnapshot(containerId, new AbortController().signal))
}

/** What ps and docker say of the whole machine at one moment. */
export interface Surroundings {
  readonly at: Date
  readonly processes: ReadonlyMap<number, PsLine>
  readonly members: readonly Members[]
}

/** A snapshot between two looks at a machine that does not stand still: what is the same in both must be in the snapshot. */
export interface Look {
  readonly snapshot: Snapshot
  readonly before: Surroundings
  readonly after: Surroundings
}

export async function lookAt(containerId: string): Promise<Look> {
  const before = await surroundings()
  const snapshot = await take(containerId)
  return { snapshot, before, after: await surroundings() }
}

async function surroundings(): Promise<Surroundings> {
  const at = new Date()
  const [processes, members] = await Promise.all([hostProcesses(), runningMembers()])
  return { at, processes, members }
}

/** The host's PID of the first process; a test that asks for it has a container that runs. */
export function firstPid({ container }: Snapshot): number {
  if (container.hostPid === null)
    throw new Error(`${container.name} does not run`)
  return container.hostPid
}
