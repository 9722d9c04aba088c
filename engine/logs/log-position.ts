import type { LogLine, LogStream } from '../../shared/model/logs'
import { nanosecondsOf } from '../parse/log-stamp'

/** How far in a log somebody has read, so that reading can go on there. */
export interface LogPosition {
  /** The value of `since` from which everything new comes, and some that is not; null: nothing was read. */
  readonly since: () => string | null
  /** What comes next was asked for with that `since`. */
  readonly resume: () => void
  /** Without the lines that came before `resume`. */
  readonly onlyNew: (lines: readonly LogLine[]) => LogLine[]
}

interface Last { readonly stamp: string, count: number }
interface Known { readonly until: bigint, count: number }

/**
 * The engine stamps a line when it reads it, and only then writes it to the log, by one loop for stdout and one for stderr (moby,
 * daemon/logger/copier.go): in each of them stamps only grow, but a line of one may come after a later one of the other. No loop is held up so long.
 */
const LATE_NS = 5_000_000_000n

/** A clock that is set back while nobody reads hides what was stamped before the last line: the engine itself leaves it out. */
export function createLogPosition(): LogPosition {
  const last = new Map<LogStream, Last>()
  let first: string | null = null
  /** Where each stream was at the last `resume`, until something newer came. */
  let known = new Map<LogStream, Known>()
  /** For a stream of which nothing was read: what is older than all that was read is none of ours. */
  let floor: bigint | null = null

  function note({ stream, at }: LogLine): void {
    if (at === null)
      return
    first ??= at
    const before = last.get(stream)
    if (before?.stamp === at)
      before.count += 1
    else
      last.set(stream, { stamp: at, count: 1 })
  }

  function isKnown({ stream, at }: LogLine): boolean {
    const before = known.get(stream)
    if (at === null || (!before && (floor === null || last.has(stream))))
      return false
    const stamp = nanosecondsOf(at)
    if (stamp === null)
      return false
    if (!before)
      return floor !== null && stamp < floor
    if (stamp > before.until) {
      known.delete(stream)
      return false
    }
    if (stamp === before.until)
      before.count -= 1
    return stamp < before.until || before.count >= 0
  }

  return {
    since() {
      const stamps = [...last.values()].flatMap(({ stamp }) => nanosecondsOf(stamp) ?? [])
      if (stamps.length === 0)
        return null
      const [newest, oldest] = stamps.reduce(([most, least], stamp) => [stamp > most ? stamp : most, stamp < least ? stamp : least], [stamps[0] ?? 0n, stamps[0] ?? 0n])
      const from = last.size > 1 && oldest > newest - LATE_NS ? oldest : newest - LATE_NS
      return `${from / 1_000_000_000n}.${String(from % 1_000_000_000n).padStart(9, '0')}`
    },
    resume() {
      known = new Map([...last].flatMap(([stream, { stamp, count }]) => {
        const until = nanosecondsOf(stamp)
        return until === null ? [] : [[stream, { until, count }]]
      }))
      floor = first === null ? null : nanosecondsOf(first)
    },
    onlyNew: lines => lines.filter((line) => {
      const isOld = isKnown(line)
      if (!isOld)
        note(line)
      return !isOld
    }),
  }
}
