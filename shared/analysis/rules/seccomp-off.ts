import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import type { Rule } from '../rule'

/** Runtimes that put a kernel of their own between the container and the host's. */
const OWN_KERNEL = /^(?:runsc|kata)/

export const seccompOff: Rule = {
  id: 'seccomp-off',
  title: 'No seccomp filter',
  severity: 'high',
  reason: 'The filter keeps some fifty system calls away that have no place in a container, such as those for kernel keys and new user namespaces. Without it every bug in them can be reached.',
  remedy: 'Run without `--security-opt seccomp=unconfined` (compose: `security_opt:`); where one call is missing, allow that one in a profile of your own.',
  reference: 'seccomp(2); Docker documentation, “Seccomp security profiles for Docker”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { security, container } = snapshot
    const option = container.securityOptions.find(text => text.startsWith('seccomp'))
    const isUnconfined = option !== undefined && /^seccomp[:=]unconfined$/.test(option)
    const declared = `Engine: ${option === undefined ? 'no seccomp option, so the engine’s default' : isUnconfined ? option : 'a seccomp profile of its own'}`
    if (security.seccomp === null) {
      return isUnconfined
        ? underPrivileged(snapshot, { status: 'fail', evidence: [declared] })
        : { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declared] }
    }
    const evidence = [`Kernel: Seccomp of the first process is ${security.seccomp}`, declared]
    if (security.seccomp !== 'disabled')
      return { status: 'pass', evidence }
    return underPrivileged(snapshot, OWN_KERNEL.test(container.runtime)
      ? { status: 'fail', severity: 'medium', evidence: [...evidence, `Severity: medium, because the runtime ${container.runtime} has a kernel of its own`] }
      : { status: 'fail', evidence })
  },
}
