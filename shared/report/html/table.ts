import { clipText } from '../../text/clip-text'
import { formatCount } from '../../text/format-count'
import type { Column, TableBlock } from '../document'
import { html, type Markup } from './markup'

/** One cell must not fill pages; what is cut is counted. */
const CELL_LIMIT = 600
/** Tables of no more rows than this stay on one page. */
const SHORT = 14

const classOf = ({ face, side }: Column): string => [face ?? 'words', ...side ? [side] : []].join(' ')

/** A table whose head repeats on every page. The words of what is unknown are set apart. */
export function table({ caption, columns, rows, omitted = 0, noun = 'rows' }: TableBlock): Markup {
  const cell = (text: string, column: Column): Markup =>
    html`<td class="${classOf(column)}${text === 'unknown' ? ' unknown' : ''}">${clipText(text, CELL_LIMIT)}</td>`
  return html`<table${rows.length <= SHORT ? html` class="short"` : ''}>
<caption>${caption}</caption>
<colgroup>${columns.map(({ width }) => (width ? html`<col style="width:${width}%">` : html`<col>`))}</colgroup>
<thead><tr>${columns.map(column => html`<th scope="col" class="${classOf(column)}">${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(row => html`<tr>${columns.map((column, index) => cell(row[index] ?? '', column))}</tr>\n`)}${rows.length === 0 ? html`<tr><td class="words" colspan="${columns.length}">None.</td></tr>\n` : ''}</tbody>
</table>
${omitted > 0 ? html`<p class="omitted">and ${formatCount(omitted)} more ${noun}</p>\n` : ''}`
}
