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
  /** Each page that waits, by what wakes it: for a moment there may be two, the one that goes and the one that comes. */
  const sleepers = new Set<() => void>()

  return {
    send(command) {
      waiting.push(command)
      waiting.splice(0, waiting.length - MAX_WAITING)
      sleepers.forEach(wake => wake())
    },
    async* listen(signal) {
      let wake = (): void => {}
      const wakeThis = (): void => wake()
      sleepers.add(wakeThis)
      signal.addEventListener('abort', () => {
        sleepers.delete(wakeThis)
        wake()
      }, { once: true })
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
