import { namespaceOf } from '../../analysis/namespaces'
import type { NamespaceVerdict } from '../../model/namespace'
import { NAMESPACE_TYPES } from '../../model/namespace-type'
import type { Snapshot } from '../../model/snapshot'
import { nameList } from '../../text/name-list'
import { WALL_DRAWINGS } from '../../text/wall-drawing'
import { WALLS } from '../../text/walls'
import { html, type Markup } from './markup'

/** One wall as a picture whose pattern alone tells the verdict: solid, with a door, none, hatched. */
function wallPicture(verdict: NamespaceVerdict): Markup {
  const { left, right, marks } = WALL_DRAWINGS[verdict]
  return html`<svg role="img" class="mark" viewBox="0 0 32 24"><title>${WALLS[verdict].meaning}</title>
<rect x="0" y="0" width="16" height="24" class="${left}"/><rect x="16" y="0" width="16" height="24" class="${right}"/>
${marks.map(({ stroke, path }) => html`<path d="${path}" class="${stroke}"/>`)}</svg>`
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
