import type { MenuItemConstructorOptions } from 'electron'
import { type Entries, type MenuActions, type MenuState, SEPARATOR } from './menu-facts'

/** What is shown, anew or larger. */
export const viewMenu = (state: MenuState, { send }: MenuActions): MenuItemConstructorOptions => ({
  label: '&View',
  submenu: [
    {
      id: 'readAgain',
      label: '&Read Again',
      accelerator: 'CommandOrControl+R',
      enabled: state.hasContainer && !state.isRecording,
      click: () => send({ command: 'readAgain' }),
    },
    SEPARATOR,
    { id: 'containers', label: '&Containers', accelerator: 'CommandOrControl+1', click: () => send({ command: 'goTo', page: 'containers' }) },
    { id: 'engine', label: '&Engine', accelerator: 'CommandOrControl+2', click: () => send({ command: 'goTo', page: 'engine' }) },
    { id: 'lab', label: 'Guided &Lab', accelerator: 'CommandOrControl+3', click: () => send({ command: 'goTo', page: 'lab' }) },
    SEPARATOR,
    { role: 'resetZoom', label: 'Actual Size', accelerator: 'CommandOrControl+0' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+Plus' },
    // Plus without Shift, as every browser takes it.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut', accelerator: 'CommandOrControl+-' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    ...(state.isDevelopment ? developmentEntries : []),
  ],
})

const developmentEntries: Entries = [SEPARATOR, { role: 'reload', accelerator: 'CommandOrControl+Shift+R' }, { role: 'toggleDevTools' }]
