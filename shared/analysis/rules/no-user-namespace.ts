import { namespaceEvidence, namespaceUnknownBecause, verdictOfNamespace } from '../namespaces'
import { rootOnHost } from '../root-on-host'
import type { Outcome, Rule } from '../rule'

export const noUserNamespace: Rule = {
  id: 'no-user-namespace',
  title: 'Root inside is root on the host',
  severity: 'medium',
  reason: 'Without a user namespace the kernel takes root inside for root outside. If any other wall fails, nothing stands between the two.',
  remedy: 'Start the engine with `"userns-remap": "default"` in daemon.json, or use a rootless engine; do not run with `--userns=host`. Until then run as an ordinary user: `--user 1000`.',
  reference: 'user_namespaces(7); Docker documentation, “Isolate containers with a user namespace”',
  check: (snapshot) => {
    const { engine, container, users } = snapshot
    const map = users.uidMap?.map(({ inside, onHost, count }) => `${inside} ${onHost} ${count}`).join(', ') ?? 'unknown'
    const evidence = [
      namespaceEvidence(snapshot, 'user'),
      `Kernel: uid_map is ${map}`,
      `Engine: userns-remap is ${engine.hasUserNamespaceRemap ? 'on' : 'off'}, ${engine.isRootless ? 'rootless' : 'not rootless'}`,
    ]
    const fails: Outcome = users.main.hostUid === null || users.main.hostUid === 0
      ? { status: 'fail', evidence }
      : { status: 'fail', severity: 'low', evidence: [...evidence, `Severity: low, because the first process is uid ${users.main.hostUid}, not root`] }

    const verdict = verdictOfNamespace(snapshot, 'user')
    const isRootOutside = rootOnHost(snapshot)
    // runc makes no user namespace of its own accord; other runtimes do.
    const cannotHaveOne = container.modes.user === 'host'
      || (!engine.hasUserNamespaceRemap && !engine.isRootless && container.runtime === 'runc')
    if (verdict === 'host' || (verdict === 'unknown' && cannotHaveOne) || (verdict !== 'unknown' && isRootOutside === 'host-root'))
      return fails
    if (verdict === 'unknown')
      return { status: 'unknown', because: namespaceUnknownBecause(snapshot, 'user'), evidence }
    return isRootOutside === 'mapped'
      ? { status: 'pass', evidence }
      : { status: 'unknown', because: 'There is a user namespace, but its uid_map could not be read.', evidence }
  },
}
