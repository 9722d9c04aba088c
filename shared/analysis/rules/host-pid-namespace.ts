import { hasEffective } from '../capabilities'
import { checkHostNamespace } from '../namespaces'
import { rootOnHost } from '../root-on-host'
import type { Rule } from '../rule'

export const hostPidNamespace: Rule = {
  id: 'host-pid-namespace',
  title: 'The container sees all processes of the host',
  severity: 'critical',
  reason: 'In the host’s PID namespace a process sees every other one, and with root’s rights it may signal them and read their environment. Secrets of the host and of other containers lie open.',
  remedy: 'Run without `--pid=host` (compose: remove `pid: host`). To look at one container’s processes join only that one: `--pid=container:NAME`.',
  reference: 'pid_namespaces(7); CIS Docker Benchmark',
  check: (snapshot) => {
    const outcome = checkHostNamespace(snapshot, 'pid', 'PidMode', snapshot.container.modes.pid)
    if (outcome.status !== 'fail')
      return outcome
    const reach = rootOnHost(snapshot) === 'mapped' ? [] : ['SYS_PTRACE', 'KILL'].filter(name => hasEffective(snapshot, name))
    return reach.length === 0
      ? { ...outcome, severity: 'high' }
      : { ...outcome, evidence: [...outcome.evidence, `Kernel: CapEff holds ${reach.join(' and ')}, which here reach${reach.length === 1 ? 'es' : ''} the host’s processes`] }
  },
}
