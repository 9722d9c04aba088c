import type { IdMapping } from '../../../shared/model/users'

/** The kernel writes the map that changes nothing as one range over all 32-bit ids but the last (user_namespaces(7)). */
const ALL_IDS = 4_294_967_295

/** What an id map means, one sentence a range; `kind` is what is numbered. */
export function idMapWords(map: readonly IdMapping[], kind: 'user' | 'group'): string[] {
  if (map.length === 0)
    return [`No ${kind} ID inside stands for one on the host.`]
  return map.map(({ inside, onHost, count }) => {
    if (inside === 0 && onHost === 0 && count >= ALL_IDS)
      return `Every ${kind} ID is the same on both sides: 0 inside is 0 on the host.`
    if (count === 1)
      return `${kind} ID ${inside} inside is ${onHost} on the host.`
    return `${kind} IDs ${inside} to ${inside + count - 1} inside are ${onHost} to ${onHost + count - 1} on the host.`
  }).map(sentence => sentence.charAt(0).toUpperCase() + sentence.slice(1))
}
