import { processorsText } from '../../text/format-processors'
import { checkLimit } from '../limits'
import type { Rule } from '../rule'

export const noCpuLimit: Rule = {
  id: 'no-cpu-limit',
  title: 'No processor limit',
  severity: 'low',
  reason: 'Without a limit one busy container can use all processors of the host. Its neighbours become slow, and timeouts follow.',
  remedy: 'Add `--cpus 1.5` (compose: `cpus: 1.5`).',
  reference: 'Docker documentation, “Resource constraints”; CIS Docker Benchmark',
  check: snapshot => checkLimit(snapshot, {
    inForce: snapshot.cgroup.cpu.limitCpus,
    declared: snapshot.container.limits.cpus,
    file: snapshot.cgroup.version === '2' ? 'cpu.max' : 'cpu.cfs_quota_us',
    option: 'NanoCpus',
    format: processorsText,
  }),
}
