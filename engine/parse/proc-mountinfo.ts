/** One line of `/proc/<pid>/mountinfo`. Paths are one character a byte, with the kernel's octal escapes undone. */
export interface MountInfo {
  /** `major:minor` of the file system, `st_dev` of what is on it. */
  readonly device: string
  /** Which directory (or file) of that file system is mounted: `/` unless it is a bind of a part. */
  readonly root: string
  /** Seen from the root of the process. */
  readonly mountPoint: string
  readonly options: string
  readonly propagation: 'shared' | 'slave' | 'private' | 'unbindable'
  readonly fileSystem: string
  readonly source: string
  readonly superOptions: string
}

/**
 * proc_pid_mountinfo(5): `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`, with zero or more optional
 * fields before the lone `-`. A line that is not so is left out. In the file's order: of two mounts at one place the later is seen.
 */
export function parseProcMountinfo(text: string): MountInfo[] {
  const mounts: MountInfo[] = []
  for (const line of text.split('\n')) {
    const fields = line.split(' ')
    const dash = fields.indexOf('-', 6)
    const [, , device, root, mountPoint, options] = fields
    const [fileSystem, source, superOptions] = dash < 0 ? [] : fields.slice(dash + 1)
    if (device === undefined || root === undefined || mountPoint === undefined || options === undefined
      || fileSystem === undefined || source === undefined)
      continue
    mounts.push({
      device,
      root: withoutEscapes(root),
      mountPoint: withoutEscapes(mountPoint),
      options: withoutEscapes(options),
      propagation: propagationOf(fields.slice(6, dash)),
      fileSystem: withoutEscapes(fileSystem),
      source: withoutEscapes(source),
      superOptions: withoutEscapes(superOptions ?? ''),
    })
  }
  return mounts
}

/** A mount that is both a slave and shared passes events on, so `shared` is said of it. */
function propagationOf(optional: readonly string[]): MountInfo['propagation'] {
  if (optional.some(field => field.startsWith('shared:')))
    return 'shared'
  if (optional.some(field => field.startsWith('master:')))
    return 'slave'
  return optional.includes('unbindable') ? 'unbindable' : 'private'
}

/** The kernel writes space, tab, newline and backslash as `\040 \011 \012 \134`; one pass, since `\134040` is a backslash and `040`. */
const withoutEscapes = (field: string): string =>
  field.includes('\\') ? field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))) : field
