import type { App, MenuItemConstructorOptions } from 'electron'
import { Menu } from 'electron'

/** The platform's usual menus, with what Isoscope has of them. */
export function createMenu(app: App, platform: NodeJS.Platform): Menu {
  app.setAboutPanelOptions({ applicationName: app.getName(), applicationVersion: app.getVersion(), version: '' })
  const isMac = platform === 'darwin'
  const file: MenuItemConstructorOptions = { label: '&File', submenu: [{ role: isMac ? 'close' : 'quit' }] }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'reload' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...developerEntries(app),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [{ label: `About ${app.getName()} ${app.getVersion()}`, click: () => app.showAboutPanel() }],
  }
  return Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    file,
    { role: 'editMenu' },
    view,
    { role: 'windowMenu' },
    help,
  ])
}

const developerEntries = (app: App): MenuItemConstructorOptions[] =>
  app.isPackaged ? [] : [{ type: 'separator' }, { role: 'toggleDevTools' }]
