import { analyse } from '../../shared/analysis/analyse'
import type { Snapshot } from '../../shared/model/snapshot'
import { formatTime } from '../../shared/text/format-time'
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
    '',
    ...wallLines(snapshot.namespaces, output),
    '',
    sideLine({ label: '', inside: 'INSIDE', host: 'HOST' }, paint),
    ...sideRows(snapshot, SIDE - 2).map(row => sideLine(row, paint)),
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

function sideLine({ label, inside, host }: SideRow, paint: Paint): string {
  return `${pad(label, LABEL)}${paint('inside', pad(inside, SIDE))}${host && paint('outside', host)}`.trimEnd()
}

function problemsPart({ problems }: Snapshot): string[] {
  if (problems.length === 0)
    return []
  return ['', 'Could not be read', ...problems.flatMap(({ what }) => wrap(visibleText(what), WIDTH - 2).map(line => `  ${line}`))]
}
