import { hasEffective } from '../capabilities'
import { checkHostNamespace } from '../namespaces'
import type { Rule } from '../rule'

export const hostUtsNamespace: Rule = {
  id: 'host-uts-namespace',
  title: 'The container has the host’s name',
  severity: 'medium',
  reason: 'In the host’s UTS namespace the container bears the host’s own name. With the capability SYS_ADMIN it can change it, and programs that trust the name follow.',
  remedy: 'Run without `--uts=host` (compose: remove `uts: host`).',
  reference: 'uts_namespaces(7); CIS Docker Benchmark',
  check: (snapshot) => {
    const outcome = checkHostNamespace(snapshot, 'uts', 'UTSMode', snapshot.container.modes.uts)
    const canRename = snapshot.security.capabilities === null || hasEffective(snapshot, 'SYS_ADMIN')
    if (outcome.status !== 'fail' || canRename)
      return outcome
    return { ...outcome, severity: 'low', evidence: [...outcome.evidence, 'Severity: low, because without SYS_ADMIN the name cannot be changed'] }
  },
}
