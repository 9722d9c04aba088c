import type { SourcesBlock } from '../document'
import { html, type Markup } from './markup'

/** In a smaller face below what it vouches for: where each fact came from, and the command that shows the same. */
export const sources = ({ sources: rows }: SourcesBlock): Markup => html`<table class="sources">
<caption>How this was read</caption>
<thead><tr><th scope="col">Fact</th><th scope="col">Read from</th><th scope="col">This shows the same</th></tr></thead>
<tbody>
${rows.map(({ what, readFrom, command }) => html`<tr><td>${what}</td><td class="code">${readFrom}</td><td class="code">${command}</td></tr>\n`)}</tbody>
</table>
`
