import { release, type } from 'node:os'
import type { Host } from '../../shared/model/host'
import type { PasswdEntry } from '../../shared/model/users'
import { userNames } from '../parse/passwd'
import { containerIdsIn } from '../parse/proc-cgroup'
import type { RawInfo } from '../parse/docker-version'
import { ownNames } from '../sources/own-addresses'
import type { ProcSource } from '../sources/proc-source'
import { findPlace, type OwnKernel, type PlaceFacts } from './host-place'
import { hostName } from './hostname'
import { readOrNull } from './scan-host'
import type { ScannedProcess } from './scanned-process'
import type { Scene } from './scene'

const BOOT_ID = 'sys/kernel/random/boot_id'

/** The machine that every "host" number is about. `ownProc` is this computer's, `accounts` are the host's, where they are known. */
export async function describeHost(scene: Scene, info: RawInfo, ownProc: ProcSource, platform: NodeJS.Platform, accounts: readonly PasswdEntry[]): Promise<Host> {
  const { engine, kernel, docker } = scene
  const isLocal = kernel.proc !== null && kernel.proc.step !== 'helper'
  const keeper = await findKeeper(scene)
  const place = findPlace({
    endpoint: docker.endpoint,
    operatingSystem: engine.operatingSystem,
    kernelVersion: engine.kernelVersion,
    isRootless: engine.isRootless,
    local: isLocal ? { proof: kernel.proof } : { because: kernel.proc === null ? kernel.because : 'its processes are not those of this computer’s /proc' },
    bootIds: isLocal || kernel.proc === null ? null : await bothBootIds(kernel.proc, ownProc),
    keeper,
    keeperUser: keeper?.uid == null ? null : userNames(accounts).get(keeper.uid) ?? null,
    own: ownKernel(platform),
  })
  return {
    ...place,
    hostname: (await hostName(engine, kernel)).name,
    operatingSystem: engine.operatingSystem,
    kernelVersion: engine.kernelVersion,
    cpuCount: info.NCPU ?? null,
    memoryBytes: info.MemTotal ?? null,
  }
}

/** The parent of a container's first process: the engine's shim, or Podman's conmon, which stay where the engine itself is. */
async function findKeeper({ kernel, scan, container, containerNames }: Scene): Promise<PlaceFacts['keeper']> {
  if (kernel.proc === null || scan === null)
    return null
  const isOfEngine = ({ containerId }: ScannedProcess): boolean => containerId !== null && containerNames.has(containerId)
  const first = scan.byPid.get(container.hostPid ?? -1)
    ?? scan.processes.find(process => isOfEngine(process) && scan.byPid.get(process.ppid)?.containerId !== process.containerId)
  const keeper = first && scan.byPid.get(first.ppid)
  if (!keeper)
    return null
  const text = await readOrNull(kernel.proc, `${keeper.pid}/cgroup`)
  // conmon may be in its own container's cgroup, which this engine knows; the one that the engine runs in it does not.
  const outer = containerIdsIn(text ?? '').find(id => !containerNames.has(id)) ?? null
  return { pid: keeper.pid, command: keeper.comm, uid: keeper.effectiveUid, outerContainerId: outer, userNamespace: keeper.namespaces.user ?? null }
}

async function bothBootIds(engineProc: ProcSource, ownProc: ProcSource): Promise<PlaceFacts['bootIds']> {
  const [engine, own] = await Promise.all([readOrNull(engineProc, BOOT_ID), readOrNull(ownProc, BOOT_ID)])
  return engine === null || own === null ? null : { engine: engine.trim(), own: own.trim() }
}

const ownKernel = (platform: NodeJS.Platform): OwnKernel => ({ platform, system: type(), release: release(), names: ownNames() })
