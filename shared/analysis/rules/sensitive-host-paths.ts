import { describeHostMount, hostMounts, mountsUnknownBecause } from '../host-mounts'
import { lowerWhenMapped } from '../root-on-host'
import type { Rule } from '../rule'
import { sensitivityOf } from '../sensitive-paths'
import { worst } from '../severity'

export const sensitiveHostPaths: Rule = {
  id: 'sensitive-host-paths',
  title: 'Sensitive paths of the host are mounted',
  severity: 'critical',
  reason: 'A mount goes straight through the wall: what lies there can be read, and changed where it is writable. These paths hold the host’s configuration, credentials, home folders or other containers’ data.',
  remedy: 'Mount only the folder that is needed, with `:ro` where reading is enough, or a named volume: `-v data:/data` (compose: `volumes:`).',
  reference: 'Docker documentation, “Bind mounts”; CIS Docker Benchmark; NIST SP 800-190',
  check: (snapshot) => {
    const found = hostMounts(snapshot).flatMap((mount) => {
      const sensitive = sensitivityOf(mount.hostPath, mount.isReadOnly)
      if (!sensitive)
        return []
      const { severity, note } = sensitive.isRootOwned ? lowerWhenMapped(snapshot, sensitive.severity) : { severity: sensitive.severity, note: [] }
      return [{ severity, lines: [describeHostMount(mount), ...note] }]
    })
    if (found.length > 0)
      return { status: 'fail', evidence: found.flatMap(({ lines }) => lines), severity: worst(found.map(({ severity }) => severity)) }
    const because = mountsUnknownBecause(snapshot)
    return because === null
      ? { status: 'pass', evidence: ['None of the paths mounted from the host is on the list of sensitive ones'] }
      : { status: 'unknown', because, evidence: ['Engine: no such mount was declared'] }
  },
}
