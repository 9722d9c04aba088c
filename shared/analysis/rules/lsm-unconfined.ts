import { hasEffective } from '../capabilities'
import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import type { Outcome, Rule } from '../rule'

/** AppArmor's word for no profile, its mode that only logs, and the SELinux types that forbid nothing. */
const CONFINES_NOTHING = /^unconfined$|\(complain\)$|:(?:unconfined_t|spc_t)(?::|$)/
const SWITCHED_OFF = /^(?:apparmor[:=]unconfined|label[:=]disable)$/

export const lsmUnconfined: Rule = {
  id: 'lsm-unconfined',
  title: 'No AppArmor or SELinux confinement',
  severity: 'high',
  reason: 'AppArmor and SELinux forbid what root could otherwise do, such as mounting and writing below /proc and /sys. Without them capabilities and seccomp stand alone.',
  remedy: 'Run without `--security-opt apparmor=unconfined` or `label=disable`. Where the host has neither module, turn on the one that its distribution supports.',
  reference: 'Docker documentation, “AppArmor security profiles for Docker”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { security, container, engine } = snapshot
    const options = container.securityOptions.filter(option => SWITCHED_OFF.test(option))
    const modules = engine.securityOptions.filter(option => /^name=(?:apparmor|selinux)/.test(option))
    const declared = [
      `Engine: AppArmor profile ${container.appArmorProfile === '' ? 'is not set' : container.appArmorProfile}${options.length > 0 ? `, ${options.join(', ')}` : ''}`,
      `Engine: the host’s modules are ${modules.length > 0 ? modules.join(', ') : 'neither AppArmor nor SELinux'}`,
    ]
    const unconfined = (evidence: string[]): Outcome => underPrivileged(snapshot, hasEffective(snapshot, 'SYS_ADMIN')
      ? { status: 'fail', evidence: [...evidence, 'Kernel: CapEff holds SYS_ADMIN, which AppArmor or SELinux would hold back'] }
      : { status: 'fail', severity: 'medium', evidence })

    if (security.lsmLabel === null) {
      return options.length > 0 || container.appArmorProfile === 'unconfined'
        ? unconfined(declared)
        : { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: declared }
    }
    const evidence = [`Kernel: the first process’s label is ${security.lsmLabel}`, ...declared]
    if (security.lsmLabel === 'none') {
      const note = 'Severity: low, because the host has no such module: it is not this container’s setting'
      return { status: 'fail', severity: 'low', evidence: [...evidence, note] }
    }
    return CONFINES_NOTHING.test(security.lsmLabel) ? unconfined(evidence) : { status: 'pass', evidence }
  },
}
