import type { Evidence } from '../../../shared/model/evidence'
import type { Namespace } from '../../../shared/model/namespace'
import type { NetworkInterface } from '../../../shared/model/network'
import { visibleText } from '../../../shared/text/visible-text'

/** What the wall of the network namespace is, in a sentence. */
export function wallSentence(namespace: Namespace | undefined, mode: string): string {
  switch (namespace?.verdict) {
    case 'private': return 'A network of its own, joined to the host as drawn.'
    case 'host': return 'No wall: the container uses the host’s own network.'
    case 'shared': return `The network is that of ${namespace.sharedWith.map(({ name }) => visibleText(name)).join(' and ')} as well.`
    default: return `Whether the network is its own is not known; declared was “${visibleText(mode)}”.`
  }
}

/** How it is known where an interface leads, in its network's own evidence. */
export const peerEvidence = ({ hostPeerUnknownBecause }: NetworkInterface, network: Evidence): Evidence => ({ ...network, unknownBecause: hostPeerUnknownBecause })
