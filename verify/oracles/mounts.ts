import { z } from 'zod'
import type { Machine } from '../machine'

const FindMnt = z.object({
  filesystems: z.array(z.object({ 'target': z.string(), 'source': z.string(), 'fstype': z.string(), 'options': z.string(), 'propagation': z.string(), 'maj:min': z.string() })),
})

export interface FoundMount {
  readonly destination: string
  readonly source: string
  readonly fileSystem: string
  readonly options: readonly string[]
  readonly propagation: string
  /** `major:minor`, as `stat --format %Hd:%Ld` has it of what is in it. */
  readonly device: string
}

/** Every mount of a process's mount namespace by findmnt(8), in the kernel's order. */
export async function mountsOf(machine: Machine, pid: number): Promise<FoundMount[]> {
  const answer = await machine.run('findmnt', '--task', String(pid), '--json', '--list', '--output', 'TARGET,SOURCE,FSTYPE,OPTIONS,PROPAGATION,MAJ:MIN')
  return FindMnt.parse(JSON.parse(answer)).filesystems.map(mount => ({
    destination: mount.target,
    source: mount.source,
    fileSystem: mount.fstype,
    options: mount.options.split(',').sort(),
    // findmnt says `private,slave` of what only receives events; the model has one word for each.
    propagation: mount.propagation.split(',').at(-1) ?? '',
    device: mount['maj:min'].trim(),
  }))
}
