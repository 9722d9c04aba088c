import type { App } from 'electron'
import { dialog } from 'electron'

/** For whoever started Isoscope in a terminal: the details of an error of our own. */
export function sayOnTerminal(error: unknown): void {
  process.stderr.write(`isoscope: ${detailsOf(error)}\n`)
}

/** An exception that nobody caught leaves the program in an unknown state: it says so, on the terminal and in a window, and ends. */
export function endOnBug(app: App): void {
  process.on('uncaughtException', (error) => {
    sayOnTerminal(error)
    dialog.showErrorBox('Isoscope has to close: it met an error of its own', detailsOf(error))
    app.exit(1)
  })
}

const detailsOf = (error: unknown): string => error instanceof Error ? error.stack ?? error.message : String(error)
