import type { Limit } from '../../shared/model/cgroup'
import { CGROUP_FILES, cgroupV1Values, cgroupV2Values, type CgroupValues } from '../parse/cgroup-values'
import { parseProcCgroup } from '../parse/proc-cgroup'
import { oneProcStat } from '../parse/proc-stat'
import { type CgroupFiles, groupOf, openCgroup } from '../sources/cgroup-files'
import type { ProcSource } from '../sources/proc-source'
import { readOrNull } from './scan-host'

export interface FoundCgroup {
  readonly files: CgroupFiles
  readonly values: CgroupValues
  /** Other processes are in the same group, or may be: its limits hold for all of them, and its usage is left out; null: it is the container's. */
  readonly usageUnknownBecause: string | null
}

/**
 * The control group of a container's first process, with its limits and usage. Null when the process is gone or ends, or no group is mounted.
 * Rejects with Unreadable.
 */
export async function readCgroupOf(proc: ProcSource, hostPid: number): Promise<FoundCgroup | null> {
  const files = await openCgroup(proc, hostPid)
  if (files === null)
    return null
  const [values, usageUnknownBecause] = [await readValues(files), await whyUsageIsUnknown(proc, hostPid, files)]
  return { files, usageUnknownBecause, values: usageUnknownBecause === null ? values : withoutUsage(values) }
}

async function readValues(files: CgroupFiles): Promise<CgroupValues> {
  const { version, read } = files
  const texts = new Map(await Promise.all(CGROUP_FILES[version].map(async ([controller, file]) => [`${controller} ${file}`, await read(controller, file)] as const)))
  const found = (controller: string, file: string): string | null => texts.get(`${controller} ${file}`) ?? null
  const { cpu, memory, pids } = version === '1' ? cgroupV1Values(found) : cgroupV2Values(found)
  const limitOr = async (controller: string, limit: Limit): Promise<Limit> => limit === null && await files.isRoot(controller) ? 'unlimited' : limit
  return {
    cpu: { ...cpu, limitCpus: await limitOr('cpu', cpu.limitCpus) },
    memory: { ...memory, limitBytes: await limitOr('memory', memory.limitBytes) },
    pids: { ...pids, limit: await limitOr('pids', pids.limit) },
  }
}

/**
 * Engines that may not make groups (rootless ones on version 1) leave a container where they are themselves: then it is in the group of
 * its parent, which is the runtime's process.
 */
async function whyUsageIsUnknown(proc: ProcSource, hostPid: number, { path }: CgroupFiles): Promise<string | null> {
  const shared = `it has no control group of its own: ${path} holds other processes too, so the usage is not the container's`
  if (path === '/')
    return shared
  const ppid = oneProcStat(await readOrNull(proc, `${hostPid}/stat`))?.ppid ?? 0
  const parents = ppid === 0 ? [] : parseProcCgroup(await readOrNull(proc, `${ppid}/cgroup`) ?? '')
  if (parents.length === 0)
    return `whether the usage of ${path} is the container's alone is unknown: the process that holds it, PID ${ppid}, may not be looked at`
  return groupOf(parents)?.path === path ? shared : null
}

const withoutUsage = ({ cpu, memory, pids }: CgroupValues): CgroupValues => ({
  cpu: { ...cpu, usageSeconds: null, throttledSeconds: null },
  memory: { ...memory, usageBytes: null, reclaimableBytes: null, peakBytes: null },
  pids: { ...pids, current: null },
})
