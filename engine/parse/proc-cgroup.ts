/** One line of `/proc/<pid>/cgroup` (cgroups(7)): version 2 is the line `0::/path`, version 1 has one line a hierarchy. */
export interface CgroupLine {
  /** Empty for version 2; `cpu,cpuacct` or `name=systemd` for version 1. */
  readonly controllers: readonly string[]
  readonly path: string
}

export const parseProcCgroup = (text: string): CgroupLine[] =>
  text.split('\n').flatMap((line) => {
    const [, controllers, path] = line.match(/^\d+:([^:]*):(.*)$/) ?? []
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers === '' ? [] : controllers.split(','), path }]
  })

/**
 * The ids in a process's cgroup paths, outermost first. Docker, containerd and Podman put the container's 64 hex digits into
 * the path; an engine inside a container adds its own behind the outer one's.
 */
export const containerIdsIn = (cgroupText: string): string[] =>
  [...new Set(cgroupText.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [])]
