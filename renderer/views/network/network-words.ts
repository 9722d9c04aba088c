import type { Namespace } from '../../../shared/model/namespace'
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
