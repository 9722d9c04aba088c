import { join } from 'node:path'
import { type App, type BrowserWindow, dialog, Menu } from 'electron'
import type { PageState, Shortcut } from '../shared/contract/contract'
import { aboutBox } from './about'
import { menuTemplate } from './menu'
import type { MenuActions, MenuState } from './menu/menu-facts'
import { shortcutsOf } from './menu/shortcuts'
import { askForSnapshot } from './open-snapshot'
import type { PageCommands } from './page-commands'
import { openRecentContainers } from './recent-containers'
import { sayOnTerminal } from './say-on-terminal'

interface Framed {
  app: App
  window: BrowserWindow
  commands: PageCommands
  platform: NodeJS.Platform
}

export interface WindowFrame {
  readonly showState: (state: PageState) => void
  readonly shortcuts: Shortcut[]
  /** Resolves when nothing that it keeps is being written any more. */
  readonly written: () => Promise<void>
}

/** Electron's word for a bar that moves without saying how far it is, and for none. */
const BUSY = 2
const NOT_BUSY = -1

/** What the window has around its page: title, menus, the recent containers in them, and the progress in the task bar. */
export function frameWindow({ app, window, commands, platform }: Framed): WindowFrame {
  const recent = openRecentContainers(join(app.getPath('userData'), 'recent-containers.json'), sayOnTerminal)
  let shown: PageState = { title: 'Isoscope', container: null, isRecording: false, isBusy: false, engine: null }
  /** Of the engine that answers behind a recording too: what is recent does not go with the page. */
  let engineAddress: string | null = null
  let menuShows = ''

  const actions: MenuActions = {
    send: commands.send,
    openSnapshot: () => void askForSnapshot(window, commands.send),
    forgetRecentContainers: () => {
      recent.clear()
      showMenu()
    },
    showAbout: () => void dialog.showMessageBox(window, aboutBox({
      isoscope: app.getVersion(),
      electron: process.versions['electron'],
      chromium: process.versions['chrome'],
      node: process.versions.node,
      engine: shown.engine?.words ?? null,
    })),
  }
  const menuState = (): MenuState => ({
    platform,
    recentContainers: recent.of(engineAddress),
    hasContainer: shown.container !== null,
    isRecording: shown.isRecording,
    isDevelopment: !app.isPackaged,
  })

  /** A menu that is open closes when it is set anew, so that happens only when it shows something else. */
  function showMenu(): void {
    const state = menuState()
    const shows = JSON.stringify(state)
    if (shows === menuShows)
      return
    menuShows = shows
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)))
  }
  showMenu()

  return {
    written: recent.written,
    shortcuts: shortcutsOf(menuTemplate(menuState(), actions), platform),
    showState(state) {
      window.setTitle(state.title)
      if (state.isBusy !== shown.isBusy)
        window.setProgressBar(state.isBusy ? BUSY : NOT_BUSY)
      if (state.container && !state.isRecording && state.engine)
        recent.add({ ...state.container, engine: state.engine.address })
      if (!state.isRecording)
        engineAddress = state.engine?.address ?? null
      shown = state
      showMenu()
    },
  }
}
