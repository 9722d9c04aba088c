import type { Finding } from '../../analysis/analyse'
import { clipText } from '../../text/clip-text'
import { formatCount } from '../../text/format-count'
import { html, type Markup, prose } from './markup'

const LINE_LIMIT = 600
const LINES = 12

/** One finding in full: how grave, why, what was seen, what to do. */
export function findingCard({ rule, outcome, severity }: Finding): Markup {
  const { evidence } = outcome
  return html`<section class="finding ${severity}">
<h3><span class="severity">${severity}</span> ${rule.title}</h3>
<p>${prose(rule.reason)}</p>
<ul class="evidence">
${evidence.slice(0, LINES).map(line => html`<li>${clipText(line, LINE_LIMIT)}</li>\n`)}${evidence.length > LINES ? html`<li>and ${formatCount(evidence.length - LINES)} more</li>\n` : ''}</ul>
<p class="remedy"><b>What to do.</b> ${prose(rule.remedy)}</p>
<p class="reference">${rule.reference}</p>
</section>
`
}
