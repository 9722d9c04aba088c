import { missingBecause } from '../lifecycle'
import type { Rule } from '../rule'

export const noNewPrivilegesOff: Rule = {
  id: 'no-new-privileges-off',
  title: 'Programs may gain privileges',
  severity: 'medium',
  reason: 'With no-new-privileges off, a setuid program inside makes an ordinary user root again. With it on, no program can ever have more than the one that started it.',
  remedy: 'Add `--security-opt no-new-privileges` (compose: `security_opt: [no-new-privileges:true]`), or `"no-new-privileges": true` in daemon.json for all.',
  reference: 'prctl(2), PR_SET_NO_NEW_PRIVS; CIS Docker Benchmark',
  check: (snapshot) => {
    const option = snapshot.container.securityOptions.find(text => text.startsWith('no-new-privileges'))
    const declared = `Engine: ${option ?? 'no-new-privileges is not set'}`
    const inForce = snapshot.security.hasNoNewPrivileges
    if (inForce === null)
      return { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declared] }
    return { status: inForce ? 'pass' : 'fail', evidence: [`Kernel: NoNewPrivs of the first process is ${inForce ? 1 : 0}`, declared] }
  },
}
