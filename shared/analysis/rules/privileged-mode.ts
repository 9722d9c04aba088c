import { countOf } from '../../text/count-of'
import type { Rule } from '../rule'

export const privilegedMode: Rule = {
  id: 'privileged-mode',
  title: 'The container is privileged',
  severity: 'critical',
  reason: 'A privileged container has every capability and every device, without seccomp, AppArmor or masked kernel files. Its root can take over the host by design.',
  remedy: 'Run without `--privileged` (compose: remove `privileged: true`); add only what is needed with `--cap-add` and `--device`.',
  reference: 'Docker documentation, “Runtime privilege and Linux capabilities”; CIS Docker Benchmark',
  check: ({ container, security }) => {
    const inForce = security.capabilities
      ? [`Kernel: ${countOf(security.capabilities.bounding.length, 'capability', 'capabilities')} in CapBnd, seccomp ${security.seccomp ?? 'unknown'}`]
      : []
    // Privileged mode is an option of the engine: what it lifts piece by piece has rules of its own.
    return { status: container.isPrivileged ? 'fail' : 'pass', evidence: [`Engine: Privileged is ${container.isPrivileged}`, ...inForce] }
  },
}
