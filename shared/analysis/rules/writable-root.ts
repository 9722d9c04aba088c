import { isStopped, missingBecause } from '../lifecycle'
import { isPublishedOnAll } from '../published-ports'
import type { Outcome, Rule } from '../rule'

export const writableRoot: Rule = {
  id: 'writable-root',
  title: 'The root file system is writable',
  severity: 'medium',
  reason: 'Whoever breaks into the program can leave tools and changed programs behind. A read-only root takes that away at no cost for most services.',
  remedy: 'Add `--read-only` (compose: `read_only: true`), with `--tmpfs /tmp` and volumes for what the program writes.',
  reference: 'CIS Docker Benchmark; NIST SP 800-190',
  check: (snapshot) => {
    const { security, container, network } = snapshot
    const declared = `Engine: ReadonlyRootfs is ${container.isReadOnlyRoot}`
    const writable = (evidence: string[]): Outcome => network.published.some(isPublishedOnAll)
      ? { status: 'fail', evidence: [...evidence, 'Engine: a port is published on all addresses, so strangers can reach the program'] }
      : { status: 'fail', severity: 'low', evidence }
    if (security.isRootReadOnly !== null) {
      const evidence = [`Kernel: / is mounted ${security.isRootReadOnly ? 'read-only' : 'writable'}`, declared]
      return security.isRootReadOnly ? { status: 'pass', evidence } : writable(evidence)
    }
    if (!container.isReadOnlyRoot)
      return writable([declared])
    return isStopped(snapshot)
      ? { status: 'pass', evidence: [declared] }
      : { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declared] }
  },
}
