import type { Snapshot } from '../../model/snapshot'
import { clipText } from '../../text/clip-text'
import { hostWords } from '../../text/host-words'
import type { Report } from '../report'
import { comparison } from '../sections/comparison'
import { html, type Markup } from './markup'
import { table } from './table'
import { boundaryStrip, wallKey } from './walls'

const NAME_LIMIT = 120
const VALUE_LIMIT = 200

/** The first page: what it is about, the verdict, the eight walls, both sides beside each other, and how to read on. */
export const cover = (snapshot: Snapshot, { verdict, about, howToRead }: Report): Markup => html`<header class="cover">
<p class="kicker">Isoscope <span>Isolation report</span></p>
<h1>${clipText(snapshot.container.name, NAME_LIMIT)}</h1>
<div class="verdict ${verdict.level}">
<p class="headline">${verdict.headline}</p>
<p>${verdict.sentence}</p>
<p class="coverage">${verdict.coverage.sentence}.</p>
</div>
<p class="ends"><span class="inside">inside: ${clipText(snapshot.container.name, NAME_LIMIT)}</span> <span class="outside">outside: ${clipText(snapshot.hostname.host ?? 'the host', NAME_LIMIT)}, ${hostWords(snapshot.host).place}</span></p>
${boundaryStrip(snapshot)}
${table(comparison(snapshot))}
<dl class="about">
${about.map(([name, value]) => html`<div class="${name.toLowerCase().replace(' ', '-')}"><dt>${name}</dt><dd>${clipText(value, VALUE_LIMIT)}</dd></div>\n`)}</dl>
<section class="how">
<h2>How to read this</h2>
${howToRead.map(text => html`<p>${text}</p>\n`)}${wallKey()}</section>
</header>
`
