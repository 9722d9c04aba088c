import type { ProcessRow } from '../../model/process'
import { isStopped, missingBecause } from '../lifecycle'
import { rootOnHost } from '../root-on-host'
import type { Outcome, Rule } from '../rule'
import { tellerOf } from '../teller'

/** Root inside; where the id inside is not known, root of the host. */
const isRoot = ({ uid, hostUid }: Pick<ProcessRow, 'uid' | 'hostUid'>): boolean =>
  uid === 0 || (uid === null && hostUid === 0)
const nameOf = ({ pid, hostPid, command }: ProcessRow): string =>
  `${command} (${pid !== null ? `PID ${pid}` : hostPid !== null ? `PID ${hostPid} on the host` : 'PID unknown'})`
/** docker's `--user`: a name or id, then perhaps a group. */
const isRootUser = (user: string): boolean => /^(?:|0|root)(?::.*)?$/.test(user)

export const runsAsRoot: Rule = {
  id: 'runs-as-root',
  title: 'Processes run as root',
  severity: 'medium',
  reason: 'Every other gap weighs more when root stands in it: root owns the files, holds the capabilities and may use what is mounted. Few programs need it after they started.',
  remedy: 'Run with `--user 1000:1000` (compose: `user:`), or put a `USER` line into the Dockerfile.',
  reference: 'CIS Docker Benchmark; NIST SP 800-190',
  check: (snapshot) => {
    const { users: { main }, container, processes, evidence: read } = snapshot
    const declared = `Engine: User is ${container.user === '' ? 'not set, which means root' : container.user}`
    const root = (evidence: string[]): Outcome => rootOnHost(snapshot) === 'mapped'
      ? { status: 'fail', severity: 'low', evidence: [...evidence, 'Severity: low, because root inside is not root on the host (uid_map)'] }
      : { status: 'fail', evidence }
    if (isRoot(main))
      return root([`Kernel: the first process is uid ${main.uid ?? 'unknown'} inside, uid ${main.hostUid ?? 'unknown'} on the host`, declared])

    const own = processes.filter(({ owner }) => owner === 'this-container')
    const roots = own.filter(isRoot)
    if (roots.length > 0)
      return root([`${tellerOf(read.processes)}: root runs ${roots.map(nameOf).slice(0, 5).join(', ')}`, declared])
    if (main.uid === null) {
      if (isRootUser(container.user))
        return root([declared])
      return isStopped(snapshot) && /^[1-9]\d*(?::|$)/.test(container.user)
        ? { status: 'pass', evidence: [declared] }
        : { status: 'unknown', because: missingBecause(snapshot, 'users.idMaps'), evidence: [declared] }
    }
    if (read.processes.unknownBecause !== null || own.some(({ uid }) => uid === null))
      return { status: 'unknown', because: read.processes.unknownBecause ?? 'The user of a process could not be read.', evidence: [`Kernel: the first process is uid ${main.uid}`, declared] }
    return { status: 'pass', evidence: [`Kernel: the first process is uid ${main.uid} inside, and no other process is root`, declared] }
  },
}
