import { clipText } from './clip-text'
import { formatCount } from './format-count'

const NAMES = 3
const LENGTH = 48

/** Names as part of a sentence: `web`, `web and db`, `web, db, cache and 7 more`. Long ones are cut, and the cut is said. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, NAMES).map(name => clipText(name, LENGTH))
  const more = names.length - shown.length
  const last = more > 0 ? `${formatCount(more)} more` : shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}
