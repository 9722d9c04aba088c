import { MASK, maskText } from './mask-text'

/** Repetitions are bounded everywhere below: an argument can be megabytes long, and a stranger chose it. */
const SECRET_WORD = '(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|auth(?:orization)?|bearer|cookie|session)'
/** `--db-password`, `-token`: the secret is the next argument. */
const SECRET_OPTION = new RegExp(`^--?[\\w.-]{0,40}?${SECRET_WORD}[\\w.-]{0,40}$`, 'i')
/** `--password=x`, `API_KEY=x`, `token: x`, `Authorization: Bearer x`, also inside of a longer argument. */
const SECRET_PAIR = new RegExp(`(${SECRET_WORD}[\\w.-]{0,40}["']?\\s{0,4}[=:]\\s{0,4}["']?)((?:(?:bearer|basic|token)\\s{1,4})?[^\\s"'&;]+)`, 'gi')
/** `https://user:password@host`. */
const LOGIN_IN_ADDRESS = /(:\/\/)[^\s/@]{1,500}@/g
/** Long runs of mixed letters and digits that are no path and no hexadecimal id: keys and tokens look like that. */
const LOOKS_RANDOM = /^(?=[^0-9]*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9+_=-]{24,}$/
const KNOWN_TOKEN = /\b(?:gh[pousr]_\w{20,200}|github_pat_\w{20,200}|sk-[\w-]{16,200}|xox[abprs]-[\w-]{10,200}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,500}\.[\w-]{1,500}\.[\w-]{0,500})/g

/** One argument, or a whole command line as text. */
const maskSecrets = (text: string): string =>
  text.replace(SECRET_PAIR, `$1${MASK}`).replace(LOGIN_IN_ADDRESS, `$1${MASK}@`).replace(KNOWN_TOKEN, MASK)

/** A command line with secrets, names, addresses and home folders masked; the program's own name stays. */
export function maskArguments(args: readonly string[], names: ReadonlySet<string>): string[] {
  return args.map((argument, index) => {
    const before = args[index - 1]
    // An option's value is the next argument, unless that is an option too.
    const isValueOfSecret = index > 0 && before !== undefined && SECRET_OPTION.test(before) && !argument.startsWith('-')
    if (isValueOfSecret || (index > 0 && LOOKS_RANDOM.test(argument)))
      return MASK
    return maskText(maskSecrets(argument), names)
  })
}

/** A command line that is one text, as `docker ps` shows it: what belongs together may stand on both sides of a blank. */
export const maskCommandLine = (line: string, names: ReadonlySet<string>): string =>
  maskArguments(maskSecrets(line).split(' '), names).join(' ')
