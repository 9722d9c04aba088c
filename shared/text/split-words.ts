/** What is wrong with a line, in words that end a sentence. */
export interface BadLine { readonly because: string }

/**
 * A line as arguments, by the quotes of a POSIX shell alone ('…', "…", \): nothing is expanded, and what else a shell
 * would take for its own (`|`, `>`, `;`, `$`) is text.
 */
export function splitWords(line: string): string[] | BadLine {
  const words: string[] = []
  /** Null: no word has begun. */
  let word: string | null = null
  let quote: '\'' | '"' | null = null
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    const isEscape = character === '\\' && (quote === null || (quote === '"' && '$`"\\\n'.includes(line.charAt(at + 1))))
    if (isEscape) {
      at += 1
      if (at >= line.length)
        return { because: 'it ends in a backslash' }
      word = (word ?? '') + line.charAt(at)
    }
    else if (quote === null && (character === '\'' || character === '"')) {
      quote = character
      word ??= ''
    }
    else if (character === quote) {
      quote = null
    }
    else if (quote === null && /\s/.test(character)) {
      if (word !== null)
        words.push(word)
      word = null
    }
    else {
      word = (word ?? '') + character
    }
  }
  if (quote !== null)
    return { because: `a ${quote} is not closed` }
  return word === null ? words : [...words, word]
}
