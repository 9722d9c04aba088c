import type { Namespace, NamespaceVerdict } from '../model/namespace'
import type { NamespaceType } from '../model/namespace-type'
import { NAMESPACE_TYPES } from '../model/namespace-type'
import type { Snapshot } from '../model/snapshot'
import { missingBecause } from './lifecycle'
import type { Outcome } from './rule'
import { tellerOf } from './teller'

export const namespaceOf = (snapshot: Snapshot, type: NamespaceType): Namespace | undefined =>
  snapshot.namespaces.find(namespace => namespace.type === type)

/** A namespace that the snapshot does not have is unknown. */
export const verdictOfNamespace = (snapshot: Snapshot, type: NamespaceType): NamespaceVerdict =>
  namespaceOf(snapshot, type)?.verdict ?? 'unknown'

/** The types with one verdict, in the order of the boundary strip. */
export const typesThatAre = (snapshot: Snapshot, verdict: NamespaceVerdict): NamespaceType[] =>
  NAMESPACE_TYPES.filter(type => verdictOfNamespace(snapshot, type) === verdict)

/** The two inodes, which prove a verdict where there is one; whoever told the container's. */
export function namespaceEvidence(snapshot: Snapshot, type: NamespaceType): string {
  const namespace = namespaceOf(snapshot, type)
  if (!namespace || namespace.container === null)
    return `Kernel: the ${type} namespace could not be read`
  return `${tellerOf(namespace.source)}: ${type} namespace ${namespace.container}, the host’s is ${namespace.host ?? 'unknown'}`
}

export function namespaceUnknownBecause(snapshot: Snapshot, type: NamespaceType): string {
  const namespace = namespaceOf(snapshot, type)
  return namespace?.source.unknownBecause ?? namespace?.hostSource.unknownBecause ?? missingBecause(snapshot, 'security')
}

const declaredMode = (option: string, mode: string): string =>
  mode === '' ? `Engine: ${option} is the default` : `Engine: ${option} is ${mode}`

/**
 * Fails when the namespace is the host's. A declared `host` decides where the kernel could not be asked; nothing else does.
 * `option` is null where the engine has none for this namespace.
 */
export function checkHostNamespace(snapshot: Snapshot, type: NamespaceType, option: string | null, mode: string): Outcome {
  const evidence = [namespaceEvidence(snapshot, type), ...option === null ? [] : [declaredMode(option, mode)]]
  const verdict = verdictOfNamespace(snapshot, type)
  if (verdict === 'host' || (verdict === 'unknown' && mode === 'host'))
    return { status: 'fail', evidence }
  if (verdict === 'unknown')
    return { status: 'unknown', because: namespaceUnknownBecause(snapshot, type), evidence }
  return { status: 'pass', evidence }
}
