import { analyse } from '../../shared/analysis/analyse'
import type { Snapshot } from '../../shared/model/snapshot'
import { formatTime } from '../../shared/text/format-time'
import { hostWords } from '../../shared/text/host-words'
import { ownCounts } from '../../shared/text/own-counts'
import { visibleText } from '../../shared/text/visible-text'
import type { Paint } from './colours'
import { findingLines } from './finding-lines'
import { pad, shorten, wrap } from './fit'
import { type SideRow, sideRows } from './side-rows'
import { wallLines } from './walls-line'

/** Terminals are at least this wide. */
const WIDTH = 80
const LABEL = 20
const SIDE = (WIDTH - LABEL) / 2

/** One screen about one container: the boundary strip, inside beside host, what was found, what could not be read. */
export function snapshotSummary(snapshot: Snapshot, output: { isTerminal: boolean, paint: Paint }): string[] {
  const { paint } = output
  return [
    ...titleLines(snapshot, paint),
    ...placeLines(snapshot),
    '',
    ...wallLines(snapshot.namespaces, output),
    '',
    sideLine({ label: '', inside: 'INSIDE', host: hostWords(snapshot.host).heading.toUpperCase() }, paint),
    ...sideRows(snapshot, SIDE - 2).map(row => sideLine(row, paint)),
    ...ownPart(snapshot),
    '',
    ...findingLines(analyse(snapshot), paint, WIDTH),
    ...problemsPart(snapshot),
  ]
}

function titleLines({ container, engine, takenAt }: Snapshot, paint: Paint): string[] {
  const line = (text: string): string => shorten(visibleText(text), WIDTH)
  return [
    paint('bold', line(container.name)),
    line(`${container.status} · image ${container.image} · id ${container.id.slice(0, 12)}`),
    line(`${engine.product} ${engine.version} at ${engine.endpoint.address} · ${formatTime(takenAt)}`),
  ]
}

/** Where the host is and by which proof, unless it is this very computer. */
function placeLines({ host }: Snapshot): string[] {
  const { notice } = hostWords(host)
  return notice === null ? [] : wrap(visibleText(`${notice} ${host.proof}`), WIDTH)
}

/** The third place, in one sentence. */
function ownPart(snapshot: Snapshot): string[] {
  const own = ownCounts(snapshot)
  if (own === null)
    return []
  const { hostname, processes, users, interfaces, rootNames } = own
  const known = (found: string | null): string => found ?? 'unknown'
  const words = `This computer, on which Isoscope runs, is a third place: hostname ${known(hostname)}, processes ${known(processes)}, users ${known(users)}, interfaces ${known(interfaces)}, names in / ${known(rootNames)}.`
  return ['', ...wrap(visibleText(words), WIDTH)]
}

function sideLine({ label, inside, host }: SideRow, paint: Paint): string {
  return `${pad(label, LABEL)}${paint('inside', pad(inside, SIDE))}${host && paint('outside', host)}`.trimEnd()
}

function problemsPart({ problems }: Snapshot): string[] {
  if (problems.length === 0)
    return []
  return ['', 'Could not be read', ...problems.flatMap(({ what }) => wrap(visibleText(what), WIDTH - 2).map(line => `  ${line}`))]
}
