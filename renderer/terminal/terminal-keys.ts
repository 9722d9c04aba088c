/** What a key does here instead of reaching the program. */
export type TerminalKey = 'copy' | 'paste' | 'leave'

/**
 * As terminals have it: with Shift, since Ctrl+C and Ctrl+V are the program's. On macOS the browser itself copies and pastes with ⌘. Tab is the
 * program's as well, so one more key leads out.
 */
export function terminalKey({ type, code, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): TerminalKey | null {
  if (type !== 'keydown' || !ctrlKey || !shiftKey || altKey || metaKey)
    return null
  switch (code) {
    case 'KeyC': return 'copy'
    case 'KeyV': return 'paste'
    case 'KeyE': return 'leave'
    default: return null
  }
}
