import { DEFAULT_CAPABILITIES } from '../capabilities'
import { underPrivileged } from '../consequences'
import { missingBecause } from '../lifecycle'
import type { Rule } from '../rule'

export const defaultCapabilitiesKept: Rule = {
  id: 'default-capabilities-kept',
  title: 'All default capabilities are kept',
  severity: 'low',
  reason: 'Docker leaves fourteen capabilities to root inside, such as raw sockets and making device nodes. Few programs need more than one or two of them.',
  remedy: 'Add `--cap-drop=ALL` (compose: `cap_drop: [ALL]`), then give back what fails without it, for example `--cap-add=NET_BIND_SERVICE`.',
  reference: 'Docker documentation, “Runtime privilege and Linux capabilities”; CIS Docker Benchmark',
  check: (snapshot) => {
    const dropped = snapshot.container.capabilitiesDropped
    const declared = `Engine: CapDrop declares ${dropped.length > 0 ? dropped.join(', ') : 'nothing'}`
    const bounding = snapshot.security.capabilities?.bounding
    if (!bounding)
      return { status: 'unknown', because: missingBecause(snapshot, 'security'), evidence: [declared] }
    const kept = DEFAULT_CAPABILITIES.filter(name => bounding.includes(name))
    const evidence = [
      `Kernel: CapBnd holds ${kept.length} of the ${DEFAULT_CAPABILITIES.length} defaults${kept.length > 0 ? ` (${kept.join(', ')})` : ''}`,
      declared,
    ]
    return kept.length === DEFAULT_CAPABILITIES.length
      ? underPrivileged(snapshot, { status: 'fail', evidence })
      : { status: 'pass', evidence }
  },
}
