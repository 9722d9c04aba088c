/** What no POSIX shell takes for anything but itself. */
const PLAIN = /^[\w@%+=:,./-]+$/

/** One word as a POSIX shell reads it back, whatever is in it. */
export const shellQuote = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll('\'', '\'\\\'\'')}'`

/** Arguments as one line that a POSIX shell takes apart into the same ones. */
export const shellLine = (argv: readonly string[]): string => argv.map(shellQuote).join(' ')
