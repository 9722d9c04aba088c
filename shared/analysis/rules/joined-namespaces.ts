import type { NamespaceType } from '../../model/namespace-type'
import { nameList } from '../../text/name-list'
import { namespaceOf, namespaceUnknownBecause, verdictOfNamespace } from '../namespaces'
import type { Rule } from '../rule'
import { tellerOf } from '../teller'

/** Those that docker can join to another container's, and the mount and UTS namespaces, which only `nsenter` can. */
const JOINABLE: readonly NamespaceType[] = ['mnt', 'pid', 'net', 'ipc', 'uts']

export const joinedNamespaces: Rule = {
  id: 'joined-namespaces',
  title: 'A namespace is shared with another container',
  severity: 'medium',
  reason: 'Containers in one namespace are one for what it keeps apart: processes, network or shared memory. Whoever takes one of them stands inside the others.',
  remedy: 'Share only what must be one unit, and only the network: drop `--pid=container:…` and `--ipc=container:…`; use a common network (`--network NAME`) where talking is enough.',
  reference: 'namespaces(7); NIST SP 800-190',
  check: (snapshot) => {
    const { modes } = snapshot.container
    const joined = JOINABLE.flatMap((type) => {
      const namespace = namespaceOf(snapshot, type)
      if (!namespace || namespace.verdict === 'host' || (namespace.verdict !== 'shared' && namespace.sharedWith.length === 0))
        return []
      const others = nameList(namespace.sharedWith.map(({ name }) => name)) || 'a container that could not be named'
      return [`${tellerOf(namespace.source)}: ${type} namespace ${namespace.container ?? 'unknown'} is also that of ${others}`]
    })
    const declared = Object.entries({ PidMode: modes.pid, NetworkMode: modes.network, IpcMode: modes.ipc })
      .filter(([, mode]) => mode.startsWith('container:'))
      .map(([option, mode]) => `Engine: ${option} is ${mode}`)
    if (joined.length + declared.length > 0)
      return { status: 'fail', evidence: [...joined, ...declared] }
    const unknown = JOINABLE.filter(type => verdictOfNamespace(snapshot, type) === 'unknown')
    const first = unknown[0]
    return first
      ? { status: 'unknown', because: namespaceUnknownBecause(snapshot, first), evidence: [`Kernel: not compared: ${unknown.join(', ')}`, 'Engine: no container:… mode is declared'] }
      : { status: 'pass', evidence: [`Kernel: no other container is in its ${JOINABLE.join(', ')} namespaces`] }
  },
}
