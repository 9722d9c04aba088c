import type { IdMapping } from '../../shared/model/users'

/** `/proc/<pid>/uid_map` or `gid_map` (user_namespaces(7)), as a reader in the initial user namespace sees it. */
export const parseIdMap = (text: string): IdMapping[] =>
  text.split('\n').flatMap((line) => {
    const [inside, onHost, count] = line.trim().split(/\s+/).map(Number)
    return inside === undefined || onHost === undefined || count === undefined || Number.isNaN(inside + onHost + count) ? [] : [{ inside, onHost, count }]
  })

/** The id inside that the host's `id` stands for; null when the map has none. */
export function idInside(map: readonly IdMapping[], id: number): number | null {
  const mapping = map.find(({ onHost, count }) => id >= onHost && id < onHost + count)
  return mapping ? mapping.inside + id - mapping.onHost : null
}
