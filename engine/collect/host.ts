import type { Engine } from '../../shared/model/engine'
import type { Host } from '../../shared/model/host'
import type { RawInfo } from '../parse/docker-version'
import { hostName } from './hostname'
import type { KernelView } from './scene'

/** The machine that every "host" number is about. */
export const describeHost = async (engine: Engine, info: RawInfo, kernel: KernelView): Promise<Host> => ({
  where: kernel.proc === null ? 'engine-machine' : 'this-computer',
  proof: kernel.proc === null ? `Not this computer, or not proved to be: ${kernel.because}.` : kernel.proof,
  hostname: (await hostName(engine, kernel)).name,
  operatingSystem: engine.operatingSystem,
  kernelVersion: engine.kernelVersion,
  cpuCount: info.NCPU ?? null,
  memoryBytes: info.MemTotal ?? null,
})
