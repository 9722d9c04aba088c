import type { MenuItemConstructorOptions } from 'electron'
import { SEPARATOR } from './menu-facts'

/** macOS lists the open windows below these, and has Close in File. */
export const windowMenu = (platform: NodeJS.Platform): MenuItemConstructorOptions => platform === 'darwin'
  ? { role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, SEPARATOR, { role: 'front' }] }
  : { label: '&Window', submenu: [{ role: 'minimize' }, { role: 'close' }] }
