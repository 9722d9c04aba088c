import type { Namespace } from '../../shared/model/namespace'
import { visibleText } from '../../shared/text/visible-text'

/** The verdict in one word, with the name on the door when there is one: `shared with db`. */
export function verdictWords({ verdict, sharedWith }: Pick<Namespace, 'verdict' | 'sharedWith'>): string {
  if (verdict !== 'shared' || sharedWith.length === 0)
    return verdict
  const [first, ...others] = sharedWith
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `shared with ${visibleText(first?.name ?? '')}${more}`
}
