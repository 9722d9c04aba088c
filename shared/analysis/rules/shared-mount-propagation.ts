import { hasEffective } from '../capabilities'
import { isStopped } from '../lifecycle'
import { mountsUnknownBecause } from '../host-mounts'
import type { Rule } from '../rule'

export const sharedMountPropagation: Rule = {
  id: 'shared-mount-propagation',
  title: 'Mounts spread between container and host',
  severity: 'high',
  reason: 'With shared propagation, what is mounted inside appears on the host, and the other way round. With slave propagation the container sees whatever the host mounts later.',
  remedy: 'Leave propagation at its default: drop `:shared`, `:rshared`, `:slave` or `:rslave` from the `-v` (compose: `bind.propagation: rprivate`).',
  reference: 'mount_namespaces(7); Docker documentation, “Bind mounts”; CIS Docker Benchmark',
  check: (snapshot) => {
    // The runtime itself makes `/` a slave of the engine's own mount in every container; nothing of the host is ever mounted there.
    const fromHost = snapshot.files.mounts.filter(({ hostPath, isDeclared }) => hostPath !== null && isDeclared)
    const inForce = fromHost.filter(({ propagation }) => propagation === 'shared' || propagation === 'slave')
    const declared = snapshot.container.mounts.filter(({ propagation }) => /^r?(?:shared|slave)$/.test(propagation))
    const evidence = [
      ...inForce.map(({ destination, propagation }) => `Kernel: the mount at ${destination} is ${propagation}`),
      ...declared.map(({ destination, propagation }) => `Engine: propagation of ${destination} is ${propagation}`),
    ]
    if (evidence.length > 0) {
      const isShared = inForce.some(({ propagation }) => propagation === 'shared') || declared.some(({ propagation }) => propagation.endsWith('shared'))
      if (!isShared)
        return { status: 'fail', severity: 'low', evidence: [...evidence, 'Severity: low, because mounts spread in one direction only'] }
      return hasEffective(snapshot, 'SYS_ADMIN')
        ? { status: 'fail', evidence: [...evidence, 'Kernel: CapEff holds SYS_ADMIN, which may mount'] }
        : { status: 'fail', severity: 'medium', evidence }
    }
    const because = mountsUnknownBecause(snapshot)
      ?? (!isStopped(snapshot) && fromHost.some(({ propagation }) => propagation === 'unknown') ? 'The propagation of a mount could not be read.' : null)
    return because === null
      ? { status: 'pass', evidence: ['No mount from the host is shared or slave'] }
      : { status: 'unknown', because, evidence: ['Engine: no shared or slave propagation was declared'] }
  },
}
