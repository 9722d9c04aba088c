import { type CgroupLine, parseProcCgroup } from '../parse/proc-cgroup'
import { oneProcStat } from '../parse/proc-stat'
import type { ProcSource } from './proc-source'

/** The control group of one process: which version limits it, and its files. */
export interface CgroupFiles {
  readonly version: '1' | '2'
  /** Below the mount point of the memory controller (version 1) or of the unified hierarchy (version 2). */
  readonly path: string
  /** The text of one file of one controller; null when this kernel has no such file or the group is gone. Throws Unreadable. */
  readonly read: (controller: string, file: string) => Promise<string | null>
  /** The folder of one controller on this machine; null when it is not mounted. */
  readonly folder: (controller: string) => string | null
  /** Whether it is the hierarchy's own root, where nothing can be limited: the kernel has no files for it there (CFTYPE_NOT_ON_ROOT). Throws Unreadable. */
  readonly isRoot: (controller: string) => Promise<boolean>
}

/**
 * Finds the group from `/proc/<pid>/cgroup` and the mounts, never by building its name (cgroups(7)): engines and drivers name
 * it in their own ways. Null when the process is gone or ends, or nothing is mounted. Throws Unreadable.
 */
export async function openCgroup(proc: ProcSource, pid: number): Promise<CgroupFiles | null> {
  const lines = parseProcCgroup(await proc.readText(`${pid}/cgroup`) ?? '')
  const mounts = cgroupMounts(await proc.readText(`${proc.viewer}/mounts`) ?? '')
  const group = groupOf(lines)
  if (!group)
    return null
  const isVersion1 = group.controllers.length > 0
  if (isVersion1 && group.path === '/' && await isLeaving(proc, pid))
    return null
  const pathOf = (controller: string): string | undefined => isVersion1 ? lines.find(line => line.controllers.includes(controller))?.path : group.path
  const folder = (controller: string): string | null => {
    const mountPoint = isVersion1 ? mounts.byController.get(controller) : mounts.unified
    const path = pathOf(controller)
    return mountPoint === undefined || path === undefined ? null : mountPoint + path
  }
  const read: CgroupFiles['read'] = async (controller, file) => {
    const at = folder(controller)
    return at === null ? null : proc.readHostFile(`${at}/${file}`)
  }
  return {
    version: isVersion1 ? '1' : '2',
    path: group.path,
    folder,
    read,
    // The root of a cgroup namespace is called `/` too; on version 2 it has `cgroup.events`, which the hierarchy's has not.
    isRoot: async controller => pathOf(controller) === '/' && await read(controller, 'cgroup.procs') !== null && await read(controller, 'cgroup.events') === null,
  }
}

/** Version 1 shows a process that ends in the root of every hierarchy, wherever it was (kernel: proc_cgroup_show). Throws Unreadable. */
async function isLeaving(proc: ProcSource, pid: number): Promise<boolean> {
  return oneProcStat(await proc.readText(`${pid}/stat`))?.isExiting ?? true
}

/** The line of `/proc/<pid>/cgroup` that limits memory, and by that tells the version: of version 1 where it has that controller. */
export const groupOf = (lines: readonly CgroupLine[]): CgroupLine | undefined =>
  lines.find(line => line.controllers.includes('memory')) ?? lines.find(line => line.controllers.length === 0)

/** `/proc/<pid>/mounts`: device, mount point, file system, options; version 1 names its controllers among the options. */
function cgroupMounts(text: string): { unified: string | undefined, byController: ReadonlyMap<string, string> } {
  const mounts = text.split('\n').map(line => line.split(' '))
  const byController = new Map(mounts.flatMap(([, mountPoint = '', fileSystem, options = '']) =>
    fileSystem === 'cgroup' ? options.split(',').map((option): [string, string] => [option, mountPoint]) : []))
  return { unified: mounts.find(([, , fileSystem]) => fileSystem === 'cgroup2')?.[1], byController }
}
