import type { App } from 'electron'
import { dialog } from 'electron'
import { detailsOf, sayOnTerminal } from './say-on-terminal'

/** An exception that nobody caught leaves the program in an unknown state: it says so, on the terminal and in a window, and ends. */
export function endOnBug(app: App): void {
  process.on('uncaughtException', (error) => {
    sayOnTerminal(error)
    dialog.showErrorBox('Isoscope has to close: it met an error of its own', detailsOf(error))
    app.exit(1)
  })
}
