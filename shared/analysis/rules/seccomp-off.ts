import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import type { Outcome, Rule } from '../rule'
import { sandboxOf } from '../sandbox'

export const seccompOff: Rule = {
  id: 'seccomp-off',
  title: 'No seccomp filter',
  severity: 'high',
  reason: 'The filter keeps some fifty system calls away that have no place in a container, such as those for kernel keys and new user namespaces. Without it every bug in them can be reached.',
  remedy: 'Run without `--security-opt seccomp=unconfined` (compose: `security_opt:`); where one call is missing, allow that one in a profile of your own.',
  reference: 'seccomp(2); Docker documentation, “Seccomp security profiles for Docker”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { security, container, engine } = snapshot
    const sandbox = sandboxOf(container, engine)
    const off = (evidence: string[]): Outcome => underPrivileged(snapshot, sandbox === null
      ? { status: 'fail', evidence }
      : { status: 'fail', severity: 'medium', evidence: [...evidence, `Severity: medium, because ${sandbox.saidBy}, which has a kernel of its own`] })
    const option = container.securityOptions.find(text => text.startsWith('seccomp'))
    const isUnconfined = option !== undefined && /^seccomp[:=]unconfined$/.test(option)
    const declared = `Engine: ${option === undefined ? 'no seccomp option, so the engine’s default' : isUnconfined ? option : 'a seccomp profile of its own'}`
    if (security.seccomp === null) {
      return isUnconfined
        ? off([declared])
        : { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declared] }
    }
    const evidence = [`Kernel: Seccomp of the first process is ${security.seccomp}`, declared]
    return security.seccomp === 'disabled' ? off(evidence) : { status: 'pass', evidence }
  },
}
