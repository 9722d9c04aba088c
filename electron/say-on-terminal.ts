/** For whoever started Isoscope in a terminal: the details of an error of our own. */
export function sayOnTerminal(error: unknown): void {
  process.stderr.write(`isoscope: ${detailsOf(error)}\n`)
}

/** An error with where it came from. */
export const detailsOf = (error: unknown): string => error instanceof Error ? error.stack ?? error.message : String(error)
