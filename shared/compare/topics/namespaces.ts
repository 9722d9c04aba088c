import { namespaceOf, namespaceUnknownBecause } from '../../analysis/namespaces'
import type { Namespace } from '../../model/namespace'
import { NAMESPACE_TYPES } from '../../model/namespace-type'
import type { Snapshot } from '../../model/snapshot'
import type { Question, Topic } from '../question'

/** The eight walls: what stands between the container and its host, and with whom it shares a room. */
export const namespaces: Topic = {
  title: 'Namespaces',
  questions: NAMESPACE_TYPES.map((type): Question => ({
    fact: `namespaces.${type}`,
    what: `${type} namespace`,
    ask: (snapshot) => {
      const namespace = namespaceOf(snapshot, type)
      if (!namespace || namespace.verdict === 'unknown')
        return null
      return namespace.verdict === 'shared' ? `shared by ${everyoneIn(namespace, snapshot).join(', ')}` : namespace.verdict
    },
    whyNot: snapshot => namespaceUnknownBecause(snapshot, type),
  })),
}

/** The container itself too, so that two in one namespace answer the same. */
const everyoneIn = ({ sharedWith }: Namespace, { container }: Snapshot): string[] =>
  [container.name, ...sharedWith.map(({ name }) => name)].sort()
