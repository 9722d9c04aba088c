import type { Shortcut } from '../shared/contract/contract'

/** Keys of one place, as the help lists them. */
export interface ShortcutGroup {
  readonly where: string
  readonly shortcuts: readonly Shortcut[]
}

/** What the page itself does on a key. What a browser or a screen reader does with Tab, Space and the like is theirs. */
export const PAGE_SHORTCUTS: readonly ShortcutGroup[] = [
  {
    where: 'Anywhere',
    shortcuts: [
      { keys: '? or F1', does: 'Show these keys' },
      { keys: 'Escape', does: 'Close what opened over the page' },
    ],
  },
  {
    where: 'List of containers',
    shortcuts: [
      { keys: '/', does: 'Go to the search' },
      { keys: 'Enter', does: 'In the search: open the first that was found' },
    ],
  },
  {
    where: 'Tables and trees',
    shortcuts: [
      { keys: '↑ ↓', does: 'Go a row up or down' },
      { keys: 'Page Up, Page Down', does: 'Go a page of rows' },
      { keys: 'Home, End', does: 'Go to the first or the last row' },
      { keys: 'Enter or Space', does: 'Choose or open the row' },
      { keys: '← →', does: 'Close or open a branch' },
    ],
  },
  {
    where: 'Logs',
    shortcuts: [
      { keys: 'Enter', does: 'In the search: go to the next match' },
      { keys: 'Shift+Enter', does: 'In the search: go to the match before' },
      { keys: 'End', does: 'In the lines: go to the newest, and stay there' },
    ],
  },
  {
    where: 'Terminal',
    shortcuts: [
      { keys: 'Ctrl+Shift+C', does: 'Copy what is selected' },
      { keys: 'Ctrl+Shift+V', does: 'Paste' },
      { keys: 'Ctrl+Shift+E', does: 'Leave it, to its tab' },
      { keys: 'Delete', does: 'On its tab: close it' },
    ],
  },
  {
    where: 'Parts of a page',
    shortcuts: [
      { keys: '← →', does: 'Go to the next part' },
      { keys: 'Enter or Space', does: 'Show that part' },
    ],
  },
]
