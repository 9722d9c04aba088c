import type { MenuItemConstructorOptions } from 'electron'
import { visibleText } from '../../shared/text/visible-text'
import { type Entries, type MenuActions, type MenuState, SEPARATOR } from './menu-facts'

/** What can be opened, and what can be kept of it. */
export const fileMenu = (state: MenuState, actions: MenuActions): MenuItemConstructorOptions => ({
  label: '&File',
  submenu: [
    { id: 'openSnapshot', label: '&Open Snapshot…', accelerator: 'CommandOrControl+O', click: actions.openSnapshot },
    { id: 'openRecent', label: 'Open &Recent', submenu: recentEntries(state, actions) },
    { id: 'openSample', label: 'Open &Sample', click: () => actions.send({ command: 'openSample' }) },
    SEPARATOR,
    {
      id: 'exportReport',
      label: '&Export Report…',
      accelerator: 'CommandOrControl+E',
      enabled: state.hasContainer,
      click: () => actions.send({ command: 'exportReport' }),
    },
    SEPARATOR,
    // Quit is in the application's own menu on macOS.
    state.platform === 'darwin' ? { role: 'close' } : { role: 'quit', accelerator: 'CommandOrControl+Q' },
  ],
})

function recentEntries({ recentContainers }: MenuState, { send, forgetRecentContainers }: MenuActions): Entries {
  return [
    ...recentContainers.map(({ id, name }): MenuItemConstructorOptions => ({
      id: `recent.${id}`,
      // An ampersand would underline the letter behind it.
      label: visibleText(name).replaceAll('&', '&&'),
      click: () => send({ command: 'openContainer', idPrefix: id }),
    })),
    ...(recentContainers.length > 0 ? [SEPARATOR] : []),
    { id: 'clearRecent', label: 'Clear Menu', enabled: recentContainers.length > 0, click: forgetRecentContainers },
  ]
}
