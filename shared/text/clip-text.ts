import { formatCount } from './format-count'

/** At most `limit` characters (code points) of the text; what was cut is counted behind it, never silently lost. */
export function clipText(text: string, limit: number): string {
  if (text.length <= limit)
    return text
  const characters = Array.from(text)
  if (characters.length <= limit)
    return text
  return `${characters.slice(0, limit).join('')}… (+${formatCount(characters.length - limit)} characters)`
}
