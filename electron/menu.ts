import type { MenuItemConstructorOptions } from 'electron'
import { appMenu } from './menu/app-menu'
import { editMenu } from './menu/edit-menu'
import { fileMenu } from './menu/file-menu'
import { helpMenu } from './menu/help-menu'
import type { MenuActions, MenuState } from './menu/menu-facts'
import { viewMenu } from './menu/view-menu'
import { windowMenu } from './menu/window-menu'

/** The menu bar as the platform's people expect it; the same state gives the same menus. */
export const menuTemplate = (state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] => [
  ...(state.platform === 'darwin' ? [appMenu(actions)] : []),
  fileMenu(state, actions),
  editMenu(state, actions),
  viewMenu(state, actions),
  windowMenu(state.platform),
  helpMenu(state, actions),
]
