import { ProblemError } from '../model/problem'
import { visibleText } from '../text/visible-text'

/** Where something stands in the text that was given, from 0. */
export interface Place { readonly text: string, readonly at: number }

/** `what` is a sentence without its end; the place is added to it. */
export function lineProblem(code: string, what: string, { text, at }: Place, fix: string): ProblemError {
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const where = text.includes('\n') ? `line ${before.length}, column ${column}` : `column ${column}`
  return new ProblemError({ code, what: `${what} (${where}).`, fix })
}

/** A word of the line as it may be shown: in one line, and not longer than one can read. */
export function shown(word: string): string {
  const visible = visibleText(word)
  return `“${visible.length > 60 ? `${visible.slice(0, 59)}…` : visible}”`
}
