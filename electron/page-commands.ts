import type { HostCommand } from '../shared/contract/contract'

/** Commands of the desktop on their way to the page. */
export interface PageCommands {
  /** Kept until a page listens: a link may start the application. */
  readonly send: (command: HostCommand) => void
  /** The page's stream; a page that came anew (a reload) takes over from the one before. */
  readonly listen: (signal: AbortSignal) => AsyncIterable<HostCommand>
}

/** More than a person can ask for before the page is there; a flood of links keeps its last ones. */
const MAX_WAITING = 16

export function createPageCommands(): PageCommands {
  const waiting: HostCommand[] = []
  let wake = (): void => {}

  return {
    send(command) {
      waiting.push(command)
      waiting.splice(0, waiting.length - MAX_WAITING)
      wake()
    },
    async* listen(signal) {
      signal.addEventListener('abort', () => wake(), { once: true })
      while (!signal.aborted) {
        const command = waiting.shift()
        if (command)
          yield command
        else
          await new Promise<void>((resolve) => { wake = resolve })
      }
    },
  }
}
