import type { MountInfo } from '../parse/proc-mountinfo'

/**
 * Where a path of a container lies on the host: the same file system (`major:minor`) is looked for among the host's own mounts, and
 * of those that show the wanted part the one that shows least else. Paths are one character a byte; null when the host mounts it nowhere.
 */
export function hostPathOf(mount: MountInfo, pathInside: string, onHost: readonly MountInfo[]): string | null {
  const wanted = joined(mount.root, below(mount.mountPoint, pathInside) ?? '')
  const candidates = onHost
    .filter(other => other.device === mount.device && below(other.root, wanted) !== null)
    .sort((a, b) => b.root.length - a.root.length)
  const [best] = candidates
  return best === undefined ? null : joined(best.mountPoint, below(best.root, wanted) ?? '')
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
