import { parseProcCgroup } from '../parse/proc-cgroup'
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
}

/**
 * Finds the group from `/proc/<pid>/cgroup` and the mounts, never by building its name (cgroups(7)): engines and drivers name
 * it in their own ways. Null when the process is gone or nothing is mounted. Throws Unreadable.
 */
export async function openCgroup(proc: ProcSource, pid: number): Promise<CgroupFiles | null> {
  const lines = parseProcCgroup(await proc.readText(`${pid}/cgroup`) ?? '')
  const mounts = cgroupMounts(await proc.readText(`${proc.viewer}/mounts`) ?? '')
  const memory = lines.find(line => line.controllers.includes('memory'))
  const unified = lines.find(line => line.controllers.length === 0)
  const group = memory ?? unified
  if (!group)
    return null
  const folder = (controller: string): string | null => {
    if (!memory)
      return mounts.unified === undefined ? null : mounts.unified + group.path
    const mountPoint = mounts.byController.get(controller)
    const path = lines.find(line => line.controllers.includes(controller))?.path
    return mountPoint === undefined || path === undefined ? null : mountPoint + path
  }
  return {
    version: memory ? '1' : '2',
    path: group.path,
    folder,
    async read(controller, file) {
      const at = folder(controller)
      return at === null ? null : proc.readHostFile(`${at}/${file}`)
    },
  }
}

/** `/proc/<pid>/mounts`: device, mount point, file system, options; version 1 names its controllers among the options. */
function cgroupMounts(text: string): { unified: string | undefined, byController: ReadonlyMap<string, string> } {
  const mounts = text.split('\n').map(line => line.split(' '))
  const byController = new Map(mounts.flatMap(([, mountPoint = '', fileSystem, options = '']) =>
    fileSystem === 'cgroup' ? options.split(',').map((option): [string, string] => [option, mountPoint]) : []))
  return { unified: mounts.find(([, , fileSystem]) => fileSystem === 'cgroup2')?.[1], byController }
}
