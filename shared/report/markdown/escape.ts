import { visibleText } from '../../text/visible-text'

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/**
 * Data as one line of Markdown text. Only what is markup inside a line is escaped (CommonMark, and the pipe of its tables);
 * data never stands at the start of a line, so points, hyphens and hashes stay readable. `://` and `www.` would become links.
 */
export const escapeMarkdown = (text: string): string =>
  visibleText(text)
    .replace(/[\\`*_[\]{}|~]/g, '\\$&')
    .replace(/[<>&]/g, character => ESCAPES[character] ?? '')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, match => `${match.slice(0, -1)}&#46;`)
    .replace(/@/g, '&#64;')
