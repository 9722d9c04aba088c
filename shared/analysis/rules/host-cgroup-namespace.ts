import { checkHostNamespace } from '../namespaces'
import type { Rule } from '../rule'

export const hostCgroupNamespace: Rule = {
  id: 'host-cgroup-namespace',
  title: 'The container sees how the host arranges its control groups',
  severity: 'low',
  reason: 'In the host’s cgroup namespace `/proc/self/cgroup` shows the host’s own paths, such as the container’s id and the name of the orchestrator. It helps whoever looks for a way out.',
  remedy: 'Run with `--cgroupns=private` (compose: `cgroup: private`), which is the default on control groups of version 2.',
  reference: 'cgroup_namespaces(7); CIS Docker Benchmark',
  check: (snapshot) => {
    const outcome = checkHostNamespace(snapshot, 'cgroup', 'CgroupnsMode', snapshot.container.modes.cgroup)
    if (outcome.status !== 'fail' || snapshot.engine.cgroupVersion !== '1')
      return outcome
    return { ...outcome, severity: 'info', evidence: [...outcome.evidence, 'Severity: info, because it is the engine’s own default on control groups of version 1'] }
  },
}
