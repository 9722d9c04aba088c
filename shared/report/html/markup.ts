import { visibleText } from '../../text/visible-text'

/** Text that is HTML already. Only `html` makes it, so that data can become markup in no other way. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' }

/** The one way from data to HTML, right for elements and for quoted attributes; what cannot be seen is written out. */
export const escapeHtml = (text: string): string => visibleText(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? '')

const render = (part: Part): string => {
  if (part instanceof Markup)
    return part.text
  return typeof part === 'string' || typeof part === 'number' ? escapeHtml(String(part)) : part.map(render).join('')
}

/** A template of our own HTML: every value in it is escaped, unless it came from `html` itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.map((text, index) => text + render(parts[index] ?? '')).join(''))

/** Our own prose, in which backquotes mark what is typed: `--read-only` becomes a `code` element. */
export const prose = (text: string): Markup =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`

/** Data as a CSS string: all but plain letters, digits and spaces as code points, so that it can end neither string nor sheet. */
export const cssString = (text: string): Markup =>
  new Markup(`"${visibleText(text).replace(/[^A-Za-z0-9 .,:_-]/gu, character => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`)
