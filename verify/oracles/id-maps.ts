import type { Machine } from '../machine'
import { linesOf } from './run'

/** The lines of `/proc/<pid>/uid_map` or gid_map (user_namespaces(7)): first id inside, first id outside, how many. */
export const idMapOf = async (machine: Machine, pid: number, kind: 'uid' | 'gid'): Promise<number[][]> =>
  (await linesOf(machine, 'cat', `/proc/${pid}/${kind}_map`)).map(line => line.trim().split(/\s+/).map(Number))

/** Where an id of the host lies in the map; null: nowhere. */
export function idInsideOf(map: readonly number[][], onHost: number): number | null {
  for (const [first = 0, outside = 0, count = 0] of map) {
    if (onHost >= outside && onHost < outside + count)
      return first + onHost - outside
  }
  return null
}
