import { namespaceOf } from '../../analysis/namespaces'
import { NAMESPACE_TYPES, type NamespaceVerdict } from '../../model/namespace'
import type { Snapshot } from '../../model/snapshot'
import { nameList } from '../../text/name-list'
import { WALLS } from '../../text/walls'
import { html, type Markup } from './markup'

const HEIGHT = 34
/** Where the wall stands between inside, on the left, and outside, on the right. */
const [LEFT, RIGHT, WIDTH] = [24, 36, 60]

/** One wall as a picture whose pattern alone tells the verdict: solid, with a door, none, hatched. */
function wallPicture(verdict: NamespaceVerdict): Markup {
  const { meaning } = WALLS[verdict]
  const middle = verdict === 'host' ? (LEFT + RIGHT) / 2 : null
  return html`<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}"><title>${meaning}</title>
<rect x="0" y="0" width="${middle ?? LEFT}" height="${HEIGHT}" class="inside-field"/>
<rect x="${middle ?? RIGHT}" y="0" width="${WIDTH - (middle ?? RIGHT)}" height="${HEIGHT}" class="outside-field"/>
${PATTERNS[verdict]}</svg>`
}

const PATTERNS: Readonly<Record<NamespaceVerdict, Markup>> = {
  private: html`<rect x="${LEFT}" y="0" width="${RIGHT - LEFT}" height="${HEIGHT}" class="wall"/>`,
  shared: html`<path d="M24 0h12v10h-12zM24 24h12v10h-12z" class="wall"/><path d="M24 24l11 -10" class="stroke"/>`,
  host: html`<path d="M12 17h36M17 12l-5 5l5 5M43 12l5 5l-5 5" class="stroke"/>`,
  unknown: html`<path d="M24 8l8 -8M24 16l12 -12M24 24l12 -12M24 32l12 -12M30 34l6 -6" class="hatch"/><rect x="24.5" y="0.5" width="11" height="33" class="outline"/>`,
}

/** The boundary strip: eight walls in fixed order, each with its name, its picture and its word. */
export const boundaryStrip = (snapshot: Snapshot): Markup => html`<ol class="strip" aria-label="The eight namespaces">
${NAMESPACE_TYPES.map((type) => {
  const namespace = namespaceOf(snapshot, type)
  const verdict = namespace?.verdict ?? 'unknown'
  const others = verdict === 'shared' ? nameList(namespace?.sharedWith.map(({ name }) => name) ?? []) : ''
  return html`<li><b>${type}</b>${wallPicture(verdict)}<span class="word">${WALLS[verdict].word}</span>${others ? html`<span class="others">with ${others}</span>` : ''}</li>\n`
})}</ol>
`

/** The four signs with their meaning. */
export const wallKey = (): Markup => html`<ul class="key">
${Object.entries(WALLS).map(([, { word, meaning }]) => html`<li>${wallPicture(word)}<span><b>${word}</b> ${meaning}</span></li>\n`)}</ul>
`
