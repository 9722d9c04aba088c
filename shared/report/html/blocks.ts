import type { Block, Section } from '../document'
import { bars } from './bars'
import { findingCard } from './finding'
import { html, type Markup } from './markup'
import { sources } from './sources'
import { table } from './table'

function block(found: Block): Markup {
  switch (found.kind) {
    case 'text': return html`<p>${found.text}</p>\n`
    case 'table': return table(found)
    case 'bars': return bars(found)
    case 'finding': return findingCard(found.finding)
    case 'sources': return sources(found)
  }
}

export const sectionMarkup = ({ title, blocks }: Section): Markup => html`<section>
<h2>${title}</h2>
${blocks.map(block)}</section>
`
