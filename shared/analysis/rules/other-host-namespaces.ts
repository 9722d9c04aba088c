import { hasEffective } from '../capabilities'
import { declaredMode, namespaceEvidence, namespaceUnknownBecause, verdictOfNamespace } from '../namespaces'
import type { Rule, Severity } from '../rule'
import { worst } from '../severity'

export const otherHostNamespaces: Rule = {
  id: 'other-host-namespaces',
  title: 'Mount, host name or control group namespace is the host’s',
  severity: 'critical',
  reason: 'The host’s mount namespace means that there is no container in any useful sense; the host’s name can be changed from the UTS namespace. The control group namespace only shows how the host arranges its groups.',
  remedy: 'Run without `--uts=host`, and with `--cgroupns=private` (compose: `cgroup: private`). A host mount namespace comes from `nsenter`, never from an option of the engine.',
  reference: 'namespaces(7); cgroup_namespaces(7); CIS Docker Benchmark',
  check: (snapshot) => {
    const { container: { modes }, engine } = snapshot
    const severities: Record<'mnt' | 'uts' | 'cgroup', Severity> = {
      mnt: 'critical',
      uts: hasEffective(snapshot, 'SYS_ADMIN') ? 'medium' : 'low',
      // On control groups of version 1 the host's is the engine's own default.
      cgroup: engine.cgroupVersion === '1' ? 'info' : 'low',
    }
    const types = ['mnt', 'uts', 'cgroup'] as const
    const evidence = [
      ...types.map(type => namespaceEvidence(snapshot, type)),
      declaredMode('UTSMode', modes.uts),
      declaredMode('CgroupnsMode', modes.cgroup),
    ]
    const isHost = (type: 'mnt' | 'uts' | 'cgroup'): boolean => {
      const verdict = verdictOfNamespace(snapshot, type)
      return verdict === 'host' || (verdict === 'unknown' && type !== 'mnt' && modes[type] === 'host')
    }
    const open = types.filter(isHost)
    const unknown = types.find(type => verdictOfNamespace(snapshot, type) === 'unknown')
    if (open.length > 0)
      return { status: 'fail', evidence, severity: worst(open.map(type => severities[type])) }
    return unknown
      ? { status: 'unknown', because: namespaceUnknownBecause(snapshot, unknown), evidence }
      : { status: 'pass', evidence }
  },
}
