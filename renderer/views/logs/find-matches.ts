import type { LogRow } from '../../stores/log-rows'

/** Where in a row's text the words are: `text.slice(from, to)`. */
export interface Match {
  readonly number: number
  readonly from: number
  readonly to: number
}

/** Beyond these nobody steps through them, and a line of one letter has 64 Ki of it. */
export const MAX_MATCHES = 10_000

/**
 * Finds words in rows, whatever their case, as text and not as a pattern; none for no words. What was found in a row is kept with it, so
 * that new rows alone are searched.
 */
export function matchFinder(words: string): (rows: readonly LogRow[]) => Match[] {
  const pattern = new RegExp(words.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'), 'giu')
  const kept = new WeakMap<LogRow, Match[]>()

  function inRow(row: LogRow): Match[] {
    const found = kept.get(row) ?? []
    if (kept.has(row))
      return found
    for (const match of row.text.matchAll(pattern)) {
      found.push({ number: row.number, from: match.index, to: match.index + match[0].length })
      if (found.length === MAX_MATCHES)
        break
    }
    kept.set(row, found)
    return found
  }

  return (rows) => {
    const all: Match[] = []
    for (let at = words === '' ? -1 : rows.length - 1; at >= 0 && all.length < MAX_MATCHES; at -= 1) {
      const row = rows[at]
      if (row)
        all.push(...inRow(row).slice(all.length - MAX_MATCHES).reverse())
    }
    return all.reverse()
  }
}

export interface TextPart { readonly text: string, readonly match: Match | null }

/** A row's text, cut where its matches begin and end. */
export function partsOf(text: string, matches: readonly Match[]): TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const match of matches) {
    if (match.from > at)
      parts.push({ text: text.slice(at, match.from), match: null })
    parts.push({ text: text.slice(match.from, match.to), match })
    at = match.to
  }
  if (at < text.length || parts.length === 0)
    parts.push({ text: text.slice(at), match: null })
  return parts
}
