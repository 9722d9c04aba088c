import { countOf } from '../../text/count-of'
import { checkLimit } from '../limits'
import type { Rule } from '../rule'

export const noPidsLimit: Rule = {
  id: 'no-pids-limit',
  title: 'No limit on the number of processes',
  severity: 'medium',
  reason: 'A program that starts itself again and again takes all process numbers of the host within seconds. After that nobody can log in to stop it.',
  remedy: 'Add `--pids-limit 200` (compose: `pids_limit: 200`) with a number well above what the program needs.',
  reference: 'Docker documentation, “docker run --pids-limit”; CIS Docker Benchmark',
  check: snapshot => checkLimit(snapshot, {
    inForce: snapshot.cgroup.pids.limit,
    declared: snapshot.container.limits.pids,
    file: 'pids.max',
    option: 'PidsLimit',
    format: count => countOf(count, 'task'),
  }),
}
