/** A text that YAML 1.1 and 1.2 both read as that very text without quotes: no number, no date, no `yes`, no mark of YAML's own. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z/][\w./@-]*$/i

/**
 * A text as YAML reads it back: a JSON string is one in double quotes (YAML 1.2, 7.3.1). Compose puts variables in the place of `$NAME`,
 * and takes `$$` for a dollar.
 */
export function yamlText(text: string): string {
  const escaped = text.replaceAll('$', '$$$$')
  // JSON leaves two line breaks of Unicode as they are, which YAML 1.1 takes for such.
  return PLAIN.test(escaped) ? escaped : JSON.stringify(escaped).replaceAll(/[\u0085\u2028\u2029\uFEFF]|[\u007F-\u009F]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
