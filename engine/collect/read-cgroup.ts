import { CGROUP_FILES, cgroupV1Values, cgroupV2Values, type CgroupValues } from '../parse/cgroup-values'
import type { CgroupFiles } from '../sources/cgroup-files'

/** Limits and usage of one control group; null for what its kernel has no file of. Rejects with Unreadable. */
export async function readCgroup({ version, read }: CgroupFiles): Promise<CgroupValues> {
  const texts = new Map(await Promise.all(CGROUP_FILES[version].map(async ([controller, file]) => [`${controller} ${file}`, await read(controller, file)] as const)))
  const found = (controller: string, file: string): string | null => texts.get(`${controller} ${file}`) ?? null
  return version === '1' ? cgroupV1Values(found) : cgroupV2Values(found)
}
