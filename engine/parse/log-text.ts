import { visibleText } from '../../shared/text/visible-text'
import { textFromBytes } from './raw-name'

/** Printable ASCII but the backslash, and tabs: almost every line. */
const NEEDS_NO_ESCAPE = /^[\t -[\]-~]*$/

/**
 * What `textFromBytes` writes for a backslash, a tab, and SGR (ECMA-48, 8.3.117: `ESC [`, numbers, `m`), which sets colours and
 * moves or deletes nothing. Read from the left, so that a backslash of the log's own begins none of them.
 */
const BACKSLASH_TAB_OR_SGR = /\\(?:([\\t])|x1b\[[\d;:]*m)/g

/**
 * One line of a log, without its end, as text that may be shown: never interpreted, and in one line. Every other control character and
 * sequence, every byte that is no UTF-8 and every character that would hide or reorder others is written out (`\x1b`, `\r`, `\xff`,
 * `\u202e`). Tabs stay, and so do single backslashes. Colours are left out.
 */
export function logText(bytes: Buffer): string {
  const latin1 = bytes.toString('latin1')
  if (NEEDS_NO_ESCAPE.test(latin1))
    return latin1
  const text = textFromBytes(bytes).replace(BACKSLASH_TAB_OR_SGR, (_, kept: string | undefined) => kept === undefined ? '' : kept === 't' ? '\t' : '\\')
  return text.split('\t').map(visibleText).join('\t')
}
