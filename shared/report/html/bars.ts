import type { Bar, BarsBlock } from '../document'
import { html, type Markup } from './markup'

/** In the SVG's own units, which are points of the printed page at full width. */
const WIDTH = 500
const LABEL = 116
const VALUE = 150
const ROW = 18
const BAR = 11

/** Bars to one scale from zero, each with its value in words beside it: the chart is its own table. */
export function bars({ caption, bars: rows, scale }: BarsBlock): Markup {
  const height = rows.length * ROW
  const spoken = `${caption}: ${rows.map(({ label, text }) => `${label} ${text}`).join(', ')}.`
  return html`<figure>
<figcaption>${caption}</figcaption>
<svg role="img" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"><title>${spoken}</title>
${rows.map((row, index) => bar(row, index * ROW, scale))}</svg>
</figure>
`
}

function bar({ label, side, value, text }: Bar, top: number, scale: number): Markup {
  const room = WIDTH - LABEL - VALUE
  const baseline = top + BAR - 1.5
  // A value that is not zero stays visible, however small it is beside the largest.
  const width = value === null || value <= 0 || scale <= 0 ? 0 : Math.max(1, room * Math.min(1, value / scale))
  return html`<text x="0" y="${baseline}" class="label">${label}</text>
<rect x="${LABEL}" y="${top}" width="${room}" height="${BAR}" class="track"/>
${width > 0 ? html`<rect x="${LABEL}" y="${top}" width="${width.toFixed(1)}" height="${BAR}" class="${side}"/>` : ''}
<text x="${LABEL + room + 8}" y="${baseline}" class="value">${text}</text>
`
}
