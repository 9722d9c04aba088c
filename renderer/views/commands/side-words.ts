import { VIEW_LIMITS, type ViewCommandId, type ViewSide } from '../../../shared/model/two-views'
import { formatBytes } from '../../../shared/text/format-bytes'
import { formatCount } from '../../../shared/text/format-count'
import type { LineMark, MarkedSide } from '../../../shared/two-views/compare-sides'

/** How it ended, and how long it took: `Exit code 0, after 43 ms.` */
export function endWords({ how, exitCode, endedAt, tookMs, problem }: ViewSide): string {
  const after = `after ${tookMs < 1000 ? `${Math.max(1, Math.round(tookMs))} ms` : `${(tookMs / 1000).toFixed(1)} s`}`
  if (endedAt === 'time')
    return problem ? `Not done within ${VIEW_LIMITS.ms / 1000} s.` : `Ended by Isoscope ${after}: nothing runs longer than ${VIEW_LIMITS.ms / 1000} s here.`
  if (endedAt === 'size')
    return `Cut ${after}${how === 'ran' && !problem ? ', and ended by Isoscope' : ''}: no more than ${formatBytes(VIEW_LIMITS.bytes)} or ${formatCount(VIEW_LIMITS.lines)} lines are shown.`
  if (how === 'read')
    return problem ? '' : `No program ran; read ${after}.`
  return exitCode === null ? problem ? 'It did not run.' : `Ended without an exit code, ${after}.` : `Exit code ${exitCode}, ${after}.`
}

/** What of a count is the asking itself: `of which 1 is the ps aux itself`. */
export const ownWords = ({ ownCount }: MarkedSide, command: string): string =>
  ownCount === 1 ? `of which 1 is the ${command} itself` : `of which ${formatCount(ownCount)} are ${command}`

const ON_BOTH: Readonly<Partial<Record<ViewCommandId, string>>> = {
  ps: 'The same process on both sides',
  ls: 'A name on both sides',
  ip: 'A name or an address on both sides',
  mount: 'The same is mounted there on both sides',
  env: 'A name on both sides; values are not compared',
}

/** What the marks mean for that command. */
export const markWords = (id: ViewCommandId): Record<LineMark, string> => ({
  same: ON_BOTH[id] ?? 'The same on both sides',
  differs: id === 'mount' ? 'Something else is mounted there on the other side' : 'Something else on the other side',
  only: 'On this side alone',
})
