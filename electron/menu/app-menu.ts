import type { MenuItemConstructorOptions } from 'electron'
import { aboutEntry, type MenuActions, preferencesEntry, SEPARATOR } from './menu-facts'

/** The menu with the application's name, which macOS alone has. */
export const appMenu = (actions: MenuActions): MenuItemConstructorOptions => ({
  label: 'Isoscope',
  submenu: [
    aboutEntry(actions),
    SEPARATOR,
    preferencesEntry(actions),
    SEPARATOR,
    { role: 'services' },
    SEPARATOR,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    SEPARATOR,
    { role: 'quit' },
  ],
})
