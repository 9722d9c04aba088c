import type { MountInfo } from '../parse/proc-mountinfo'

/** The mounts of the host. It may have as many as its containers make: each is looked for by what it shows, not among all. */
export interface HostMounts {
  readonly inOrder: readonly MountInfo[]
  /** `major:minor`, then the part of that file system. Of several that show the same, the first. */
  readonly byRoot: ReadonlyMap<string, ReadonlyMap<string, MountInfo>>
}

export function hostMounts(inOrder: readonly MountInfo[]): HostMounts {
  const byDevice = new Map<string, Map<string, MountInfo>>()
  for (const mount of inOrder) {
    const byRoot = byDevice.get(mount.device) ?? new Map<string, MountInfo>()
    byDevice.set(mount.device, byRoot)
    if (!byRoot.has(mount.root))
      byRoot.set(mount.root, mount)
  }
  return { inOrder, byRoot: byDevice }
}

/**
 * Where a path of a container lies on the host: the same file system (`major:minor`) is looked for among the host's own mounts, and
 * of those that show the wanted part the one that shows least else. Paths are one character a byte; null when the host mounts it nowhere, or
 * it was deleted (the kernel writes that behind the root).
 */
export function hostPathOf(mount: MountInfo, pathInside: string, { byRoot: onHost }: HostMounts): string | null {
  if (mount.root.endsWith('//deleted'))
    return null
  const wanted = joined(mount.root, below(mount.mountPoint, pathInside) ?? '')
  const byRoot = onHost.get(mount.device)
  for (let part = wanted; byRoot !== undefined; part = part.slice(0, part.lastIndexOf('/')) || '/') {
    const found = byRoot.get(part)
    if (found !== undefined)
      return joined(found.mountPoint, below(found.root, wanted) ?? '')
    if (part === '/' || !part.includes('/'))
      break
  }
  return null
}

/** Whether a path of the host shows what is mounted: the same part of the same file system. */
export function showsMount(mount: MountInfo, path: string, { inOrder }: HostMounts): boolean {
  const holding = mountHolding(path, inOrder)
  return holding !== null && holding.device === mount.device && joined(holding.root, below(holding.mountPoint, path) ?? '') === mount.root
}

/** The mount that a path of the container is on: the deepest, and of two at one place the later. */
export function mountHolding(path: string, mounts: readonly MountInfo[]): MountInfo | null {
  let holding: MountInfo | null = null
  for (const mount of mounts) {
    if (below(mount.mountPoint, path) !== null && mount.mountPoint.length >= (holding?.mountPoint.length ?? 0))
      holding = mount
  }
  return holding
}

/** What is left of `path` below `folder`, with a slash before it; empty for the folder itself, null when it is not below. */
function below(folder: string, path: string): string | null {
  if (folder === '/')
    return path === '/' ? '' : path
  if (path === folder)
    return ''
  return path.startsWith(`${folder}/`) ? path.slice(folder.length) : null
}

function joined(folder: string, rest: string): string {
  const path = `${folder === '/' ? '' : folder}${rest}`
  return path === '' ? '/' : path
}
