import { formatBytes } from '../../text/format-bytes'
import { checkLimit } from '../limits'
import type { Rule } from '../rule'

export const noMemoryLimit: Rule = {
  id: 'no-memory-limit',
  title: 'No memory limit',
  severity: 'medium',
  reason: 'Without a limit one container can take all memory of the host. The kernel then ends processes to free some, and they need not be this container’s.',
  remedy: 'Add `--memory 512m` (compose: `mem_limit: 512m`) with what the program needs and some to spare.',
  reference: 'Docker documentation, “Resource constraints”; CIS Docker Benchmark',
  check: (snapshot) => {
    const { cgroup, container, host } = snapshot
    const outcome = checkLimit(snapshot, {
      inForce: cgroup.memory.limitBytes,
      declared: container.limits.memoryBytes,
      file: cgroup.version === '2' ? 'memory.max' : 'memory.limit_in_bytes',
      option: 'Memory',
      format: formatBytes,
    })
    const limit = cgroup.memory.limitBytes ?? container.limits.memoryBytes
    if (outcome.status !== 'pass' || typeof limit !== 'number')
      return outcome
    if (host.memoryBytes === null)
      return { status: 'unknown', because: 'The host’s memory is not known, so the limit cannot be weighed against it.', evidence: outcome.evidence }
    return limit < host.memoryBytes
      ? outcome
      : { status: 'fail', evidence: [...outcome.evidence, `Engine: the host has no more than that: ${formatBytes(host.memoryBytes)}`] }
  },
}
