import type { Snapshot } from '../model/snapshot'
import { clipText } from '../text/clip-text'
import { formatTime } from '../text/format-time'
import { sectionMarkup } from './html/blocks'
import { cover } from './html/cover'
import { html } from './html/markup'
import { style } from './html/style'
import { buildReport } from './report'

/** Nothing but the styles in the document itself: no script, no request, whatever the data holds. */
const POLICY = 'default-src \'none\'; style-src \'unsafe-inline\'; img-src data:'
const NAME_LIMIT = 60

/**
 * One self-contained HTML document, set for A4: print it with CSS page sizes preferred and without the browser's own header
 * and footer. Its title becomes the PDF's, its headings the outline.
 */
export function toHtml(snapshot: Snapshot): string {
  const report = buildReport(snapshot)
  const { engine, isoscopeVersion } = snapshot
  const name = clipText(snapshot.container.name, NAME_LIMIT)
  const time = formatTime(snapshot.takenAt)
  const foot = `Isoscope ${isoscopeVersion}, ${engine.product} ${engine.version}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Isoscope ${isoscopeVersion}">
<title>Isolation of ${name} on ${engine.product} ${engine.version}, ${time} (Isoscope ${isoscopeVersion})</title>
<style>${style({ left: name, right: time, foot })}
</style>
</head>
<body>
${cover(snapshot, report)}<main>
${report.sections.map(sectionMarkup)}</main>
</body>
</html>
`.text
}
