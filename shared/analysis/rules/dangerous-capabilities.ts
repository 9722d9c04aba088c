import { dangerOf, plainCapability } from '../capabilities'
import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import { lowerWhenMapped } from '../root-on-host'
import type { Rule, Severity } from '../rule'
import { milder, worst } from '../severity'

export const dangerousCapabilities: Rule = {
  id: 'dangerous-capabilities',
  title: 'Capabilities that reach the host were added',
  severity: 'critical',
  reason: 'These capabilities act on the kernel that all containers and the host share: mounting, loading code, raw memory, tracing, the network, the clock. SYS_ADMIN and SYS_MODULE are as good as root on the host.',
  remedy: 'Remove the `--cap-add` of each (compose: `cap_add:`). Best is `--cap-drop=ALL` and adding back what the program proves to need.',
  reference: 'capabilities(7); Docker documentation, “Runtime privilege and Linux capabilities”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { capabilities, hasNoNewPrivileges } = snapshot.security
    const added = snapshot.container.capabilitiesAdded.map(plainCapability)
    const declared = added.filter(name => name === 'ALL' || dangerOf(snapshot, name) !== null)
    const declaredLine = declared.length > 0 ? `Engine: CapAdd declares ${declared.join(', ')}` : 'Engine: CapAdd declares none of them'
    const dangers = (names: readonly string[]): Severity[] => names.flatMap(name => (name === 'ALL' ? 'critical' : dangerOf(snapshot, name)) ?? [])

    if (!capabilities) {
      return declared.length > 0
        ? underPrivileged(snapshot, { status: 'fail', evidence: [declaredLine], severity: worst(dangers(declared)) })
        : { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declaredLine] }
    }
    const held = [...new Set([...capabilities.effective, ...capabilities.permitted, ...capabilities.ambient])]
      .filter(name => dangerOf(snapshot, name) !== null)
    const latent = [...new Set([...capabilities.bounding, ...capabilities.inheritable])]
      .filter(name => dangerOf(snapshot, name) !== null && !held.includes(name))
    const evidence = [
      held.length > 0 ? `Kernel: CapEff or CapPrm of the first process holds ${held.join(', ')}` : 'Kernel: CapEff and CapPrm of the first process hold none of them',
      ...latent.length > 0 ? [`Kernel: only CapBnd or CapInh holds ${latent.join(', ')}: a setuid program could raise ${latent.length === 1 ? 'it' : 'them'}`] : [],
      declaredLine,
    ]
    if (held.length + latent.length === 0)
      return { status: 'pass', evidence }
    const cap: Severity = hasNoNewPrivileges === true ? 'low' : 'medium'
    const { severity, note } = lowerWhenMapped(snapshot, worst([...dangers(held), ...dangers(latent).map(danger => milder(danger, cap))]))
    return underPrivileged(snapshot, { status: 'fail', evidence: [...evidence, ...note], severity })
  },
}
