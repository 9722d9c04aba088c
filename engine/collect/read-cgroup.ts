import { CGROUP_FILES, cgroupV1Values, cgroupV2Values, type CgroupValues } from '../parse/cgroup-values'
import { emptyProcStat, parseProcStat } from '../parse/proc-stat'
import { type CgroupFiles, openCgroup } from '../sources/cgroup-files'
import type { ProcSource } from '../sources/proc-source'

export interface FoundCgroup {
  readonly files: CgroupFiles
  readonly values: CgroupValues
  /** Other processes are in the same group: its limits hold for all of them together, and its usage is of them all, so it is left out. */
  readonly isShared: boolean
}

/**
 * The control group of a container's first process, with its limits and usage. Null when the process is gone or no group is mounted.
 * Rejects with Unreadable.
 */
export async function readCgroupOf(proc: ProcSource, hostPid: number): Promise<FoundCgroup | null> {
  const files = await openCgroup(proc, hostPid)
  if (files === null)
    return null
  const [values, isShared] = [await readValues(files), await isSharedGroup(proc, hostPid, files)]
  return { files, isShared, values: isShared ? withoutUsage(values) : values }
}

async function readValues({ version, read }: CgroupFiles): Promise<CgroupValues> {
  const texts = new Map(await Promise.all(CGROUP_FILES[version].map(async ([controller, file]) => [`${controller} ${file}`, await read(controller, file)] as const)))
  const found = (controller: string, file: string): string | null => texts.get(`${controller} ${file}`) ?? null
  return version === '1' ? cgroupV1Values(found) : cgroupV2Values(found)
}

/**
 * Engines that may not make groups (rootless ones on version 1) leave a container where they are themselves: then it is in the group of
 * its parent, which is the runtime's process.
 */
async function isSharedGroup(proc: ProcSource, hostPid: number, { path }: CgroupFiles): Promise<boolean> {
  const stat = emptyProcStat()
  const bytes = Buffer.from(await proc.readText(`${hostPid}/stat`) ?? '', 'latin1')
  if (path === '/' || !parseProcStat(bytes, 0, bytes.length, stat))
    return path === '/'
  return (await openCgroup(proc, stat.ppid))?.path === path
}

const withoutUsage = ({ cpu, memory, pids }: CgroupValues): CgroupValues => ({
  cpu: { ...cpu, usageSeconds: null, throttledSeconds: null },
  memory: { ...memory, usageBytes: null, reclaimableBytes: null, peakBytes: null },
  pids: { ...pids, current: null },
})
