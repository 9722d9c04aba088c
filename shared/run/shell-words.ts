import type { ProblemError } from '../model/problem'
import { lineProblem, type Place, shown } from './line-problem'

/** One word of a command line. */
export interface Word {
  readonly text: string
  /** Where it begins in the line, from 0. */
  readonly at: number
}

/** The same with a NUL in place of each character that was quoted: what is left is what a shell may act on. */
interface OpenWord { text: string, active: string, readonly at: number }

const QUOTED = '\0'
/** What `$` begins (POSIX.1, Shell Command Language, 2.6); before anything else it is itself. */
const EXPANSION = /^\$[\w{(@*#?$!-]/
/** `$'…'` and `$"…"` are no expansions inside of double quotes. */
const EXPANSION_OR_QUOTE = /^\$[\w{(@*#?$!'"-]/
const OPERATORS = /^(?:&&|\|\||;;|>>|<<|[;&|<>()])/

/**
 * Splits a command line as a POSIX shell does, and does nothing else that a shell does: nothing is executed, substituted or looked up.
 * Throws ProblemError where a shell would: for what it would put something else in the place of, for what would end the command, and
 * for a quote that is not closed. The text is one command; a backslash at the end of a line joins it with the next.
 */
export function shellWords(line: string): Word[] {
  const text = line.replaceAll(/\r\n?/g, '\n')
  const words: Word[] = []
  let word: OpenWord | null = null
  let at = 0

  const place = (where = at): Place => ({ text, at: where })
  const take = (taken: string, isActive: boolean, from: number): void => {
    word ??= { text: '', active: '', at: from }
    word.text += taken
    word.active += isActive ? taken : QUOTED.repeat(taken.length)
  }
  const endWord = (): void => {
    if (word === null)
      return
    refuseExpansions(word, text)
    words.push({ text: word.text, at: word.at })
    word = null
  }

  while (at < text.length) {
    const character = text.charAt(at)
    const rest = text.slice(at, at + 3)
    if (character === QUOTED)
      throw lineProblem('RUN_LINE_NOT_TEXT', 'A NUL character stands in the line', place(), 'Copy the line again as plain text.')
    if (character === ' ' || character === '\t') {
      endWord()
      at += 1
    }
    else if (character === '\n') {
      endWord()
      if (words.length > 0)
        refuseSecondLine(text, at)
      at = words.length > 0 ? text.length : at + 1
    }
    else if (character === '#' && word === null) {
      at = endOfLine(text, at)
    }
    else if (character === '\\') {
      at = takeEscaped(text, at, take)
    }
    else if (character === '\'') {
      const end = text.indexOf('\'', at + 1)
      if (end === -1)
        throw unclosed('\'', place())
      take(text.slice(at + 1, end), false, at)
      at = end + 1
    }
    else if (character === '"') {
      at = takeDoubleQuoted(text, at, take)
    }
    else if (character === '`' || EXPANSION_OR_QUOTE.test(rest)) {
      throw substituted(place())
    }
    else {
      const operator = OPERATORS.exec(rest)?.[0]
      if (operator !== undefined)
        throw lineProblem('RUN_LINE_NOT_ONE_COMMAND', `${shown(operator)} ends the command, or leads elsewhere what it writes`, place(), 'Give one docker run alone; where the character belongs to a value, put the value in single quotes.')
      take(character, true, at)
      at += 1
    }
  }
  endWord()
  return words
}

type Take = (taken: string, isActive: boolean, from: number) => void

/** A backslash outside of quotes; gives where to go on. */
function takeEscaped(text: string, at: number, take: Take): number {
  const next = text.charAt(at + 1)
  if (next === '\n')
    return at + 2
  if (/^[ \t]+(?:\n|$)/.test(text.slice(at + 1, at + 200)))
    throw lineProblem('RUN_LINE_BROKEN', 'Spaces stand between a backslash and the end of its line, so that it does not join it with the next', { text, at }, 'Remove the spaces after the backslash.')
  if (next === '')
    throw lineProblem('RUN_LINE_BROKEN', 'The line ends with a backslash, and nothing follows', { text, at }, 'Copy the rest of the command as well, or remove the backslash.')
  take(next, false, at)
  return at + 2
}

/** POSIX.1, Shell Command Language, 2.2.3: a backslash counts before five characters, everything else is itself but `$` and the backquote. */
function takeDoubleQuoted(text: string, begin: number, take: Take): number {
  // A pair of quotes with nothing in it is a word, too.
  take('', false, begin)
  let at = begin + 1
  for (;;) {
    const character = text.charAt(at)
    if (character === '')
      throw unclosed('"', { text, at: begin })
    if (character === '"')
      return at + 1
    if (character === '`' || EXPANSION.test(text.slice(at, at + 2)))
      throw substituted({ text, at })
    if (character === QUOTED)
      throw lineProblem('RUN_LINE_NOT_TEXT', 'A NUL character stands in the line', { text, at }, 'Copy the line again as plain text.')
    const next = text.charAt(at + 1)
    if (character === '\\' && next !== '' && '$`"\\\n'.includes(next)) {
      if (next !== '\n')
        take(next, false, begin)
      at += 2
    }
    else {
      take(character, false, begin)
      at += 1
    }
  }
}

/** What a shell would put file names or home folders in the place of. A lone `[` finds no file in practice, and begins every IPv6 address. */
function refuseExpansions({ active, text: word, at }: OpenWord, text: string): void {
  const found = /^~/.exec(active) ?? /[*?]/.exec(active) ?? /\{[^{}]*(?:,|\.\.)[^{}]*\}/.exec(active)
  if (found)
    throw lineProblem('RUN_LINE_SUBSTITUTES', `A shell would put something else in the place of ${shown(found[0].replaceAll(QUOTED, '…'))} in ${shown(word)}`, { text, at }, 'Write out what is meant, or put it in single quotes to have it as it stands.')
}

const substituted = (place: Place): ProblemError =>
  lineProblem('RUN_LINE_SUBSTITUTES', `A shell would put something else in the place of ${shown(/^(?:\$\w+|\$\{[^}]*\}?|\$\([^)]*\)?|\$.|`[^`]*`?)/.exec(place.text.slice(place.at))?.[0] ?? place.text.charAt(place.at))}, and Isoscope executes and looks up nothing`, place, 'Write out the value, or put it in single quotes to have it as it stands.')

const unclosed = (quote: string, place: Place): ProblemError =>
  lineProblem('RUN_LINE_BROKEN', `The quote ${quote} is opened and not closed`, place, 'Close the quote, or put a backslash before it.')

/** After the command there may be empty lines and comments, and no more. */
function refuseSecondLine(text: string, at: number): void {
  const next = /^\s*(?:#[^\n]*\n\s*)*/.exec(text.slice(at))?.[0].length ?? 0
  const after = text.slice(at + next)
  if (after !== '' && !after.startsWith('#'))
    throw lineProblem('RUN_LINE_NOT_ONE_COMMAND', 'A second command begins', { text, at: at + next }, 'Give one docker run alone; a command goes on in the next line only after a backslash.')
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
