import { homedir } from 'node:os'
import { createService, type Service, type ServiceOptions } from '../../engine/service'
import { Snapshot } from '../../shared/model/snapshot'
import { lookAt as lookFromOutside, type Look } from '../../verify/look'
import { thisMachine } from '../../verify/machine'

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

/** Where the oracles of the live tests run; docker goes where DOCKER_HOST says then. */
export const here = thisMachine(null)

/** A snapshot of this machine between two looks at it. */
export const lookAt = (containerId: string): Promise<Look> => lookFromOutside(here, containerId, take)
