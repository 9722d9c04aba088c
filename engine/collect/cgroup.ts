import type { Cgroup } from '../../shared/model/cgroup'
import type { ContainerDetail } from '../../shared/model/container'
import { readCgroupOf } from './read-cgroup'
import { type Collected, known, type Scene, unknown } from './scene'

/** Limits and usage from the control group of the first process; the declared limits alone when it cannot be read. */
export async function collectCgroup({ init, container, engine }: Scene): Promise<Collected<Cgroup>> {
  const declaredCommand = `docker inspect --format '{{json .HostConfig}}' ${container.name}`
  if (init.proc === null)
    return { facts: declared(container, engine.cgroupVersion), evidence: { cgroup: { ...unknown(`${init.because}; the limits are those declared`, declaredCommand) } } }
  const found = await readCgroupOf(init.proc, init.hostPid)
  if (!found)
    return { facts: declared(container, engine.cgroupVersion), evidence: { cgroup: unknown('the cgroup of its first process could not be found; the limits are those declared', declaredCommand) } }
  const { files, values, usageUnknownBecause } = found
  const folder = files.folder('memory') ?? files.path
  return {
    facts: { version: files.version, path: files.path, ...values },
    evidence: {
      cgroup: {
        ...known('cgroup', folder, files.version === '1' ? `cat ${folder}/memory.limit_in_bytes ${folder}/memory.usage_in_bytes` : `cat ${folder}/memory.max ${folder}/memory.current`),
        unknownBecause: usageUnknownBecause,
      },
    },
  }
}

/** Nothing declared means no limit (docker run); what is used cannot be known from that. */
const declared = ({ limits }: ContainerDetail, version: Cgroup['version']): Cgroup => ({
  version,
  path: null,
  cpu: { limitCpus: limits.cpus ?? 'unlimited', weight: null, usageSeconds: null, throttledSeconds: null },
  memory: { limitBytes: limits.memoryBytes ?? 'unlimited', usageBytes: null, reclaimableBytes: null, peakBytes: null },
  pids: { limit: limits.pids ?? 'unlimited', current: null },
})
