import type { MenuItemConstructorOptions } from 'electron'
import { type MenuActions, type MenuState, preferencesEntry, SEPARATOR } from './menu-facts'

/** For the page's fields; without these roles their keys do nothing on macOS. */
export const editMenu = ({ platform }: MenuState, actions: MenuActions): MenuItemConstructorOptions => ({
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    ...(platform === 'darwin' ? [] : [SEPARATOR, preferencesEntry(actions)]),
  ],
})
