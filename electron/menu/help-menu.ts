import type { MenuItemConstructorOptions } from 'electron'
import { aboutEntry, type MenuActions, type MenuState, SEPARATOR } from './menu-facts'

/** F1 sets the brightness of a Mac's screen, so Help has another key there. */
export const helpMenu = ({ platform }: MenuState, actions: MenuActions): MenuItemConstructorOptions => ({
  role: 'help',
  label: '&Help',
  submenu: [
    {
      id: 'help',
      label: '&Keyboard Shortcuts',
      accelerator: platform === 'darwin' ? 'Command+/' : 'F1',
      click: () => actions.send({ command: 'goTo', page: 'help' }),
    },
    ...(platform === 'darwin' ? [] : [SEPARATOR, aboutEntry(actions)]),
  ],
})
