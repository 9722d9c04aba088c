import { MAX_SHELL_INPUT } from '../../shared/model/shell'

/** What a person types, on its way to the host: in order, one call at a time. */
export interface ShellInput {
  readonly type: (data: string) => void
  /** Nothing more is sent, and what waits is forgotten. */
  readonly end: () => void
}

const INTERRUPT = '\x03'

/** `send` gives one piece to the host; its failure ends the input, and is told to `onFailed`. */
export function createShellInput(send: (data: string) => Promise<unknown>, onFailed: (error: unknown) => void): ShellInput {
  let waiting = ''
  let isSending = false
  let isOver = false

  async function drain(): Promise<void> {
    isSending = true
    try {
      while (waiting !== '' && !isOver) {
        const piece = waiting.slice(0, lengthOfPiece(waiting))
        waiting = waiting.slice(piece.length)
        await send(piece)
      }
    }
    catch (error) {
      waiting = ''
      if (!isOver)
        onFailed(error)
    }
    finally {
      isSending = false
    }
  }

  return {
    type(data) {
      // Whoever interrupts does not want the rest of what was pasted.
      waiting = data === INTERRUPT ? data : waiting + data
      if (!isSending && !isOver)
        void drain()
    },
    end() {
      isOver = true
      waiting = ''
    },
  }
}

/** A character of two code units stays whole. */
const lengthOfPiece = (text: string): number => /[\uD800-\uDBFF]/.test(text[MAX_SHELL_INPUT - 1] ?? '') ? MAX_SHELL_INPUT - 1 : MAX_SHELL_INPUT
