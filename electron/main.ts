import { extname, join } from 'node:path'
import { app, type BrowserWindow, nativeTheme, Notification, powerMonitor, protocol, screen, session } from 'electron'
import { serve } from '../shared/contract/serve'
import { answerPageFiles, listPageFiles } from './app-protocol'
import { guardContents } from './contents-guard'
import { desktopHandlers } from './desktop-handlers'
import { hostContract } from './engine-contract'
import { createEngineNews } from './engine-news'
import { startEngineProcess } from './engine-process'
import { createExportNotice } from './export-notice'
import { hearOpenRequests } from './hear-open-requests'
import { keepPage, loadPage } from './keep-page'
import { type OpenRequest, requestedOnStart } from './open-requests'
import { openSnapshotFile } from './open-snapshot'
import { endOnBug } from './own-errors'
import { PAGE_URL, SAMPLE_URL, SCHEME } from './page-address'
import { createPageCommands } from './page-commands'
import { openPreferences } from './preferences'
import { createPdfPrinter } from './print-pdf'
import { relayEngineCalls } from './relay-engine-calls'
import { sayOnTerminal } from './say-on-terminal'
import { answerScheme } from './scheme-answers'
import { guardSession } from './session-guard'
import { createPageWindow } from './window'
import { frameWindow } from './window-frame'
import { keepWindowState, readWindowState } from './window-state'
import { connectPages } from './wire-ipc'

app.setName('Isoscope')
endOnBug(app)
// With --no-sandbox, which root on Linux cannot do without, this would leave child processes that refuse to start.
if (!app.commandLine.hasSwitch('no-sandbox'))
  app.enableSandbox()
guardContents(app)
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

if (app.requestSingleInstanceLock()) {
  const opened = app.whenReady().then(openIsoscope)
  hearOpenRequests(app, request => void opened.then(open => open(request)))
}
else {
  app.quit()
}

/** Gives what opens something in the window, and brings that to the front. */
function openIsoscope(): (request: OpenRequest | null) => void {
  guardSession(session.defaultSession)
  answerScheme(protocol, SCHEME, answerPageFiles(listPageFiles(join(import.meta.dirname, '../renderer'))))

  const kept = (name: string): string => join(app.getPath('userData'), name)
  // Its program is beside this one, and of the same kind: .js, or .cjs for an old Electron.
  const engine = startEngineProcess(join(import.meta.dirname, `engine${extname(import.meta.filename)}`), app.getVersion(), process.env)
  // Before the window is there, which takes its first colour from the theme.
  const newsOf = createEngineNews()
  const preferences = openPreferences(kept('preferences.json'), (chosen) => {
    nativeTheme.themeSource = chosen.theme
    engine.tell(newsOf(chosen))
  })
  const state = readWindowState(kept('window-state.json'), [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea))
  const window = createPageWindow(state.bounds)
  const stateWritten = keepWindowState(window, kept('window-state.json'), state, sayOnTerminal)
  const commands = createPageCommands()
  const frame = frameWindow({ app, window, commands, platform: process.platform })
  const handlers = desktopHandlers({
    engine,
    version: app.getVersion(),
    window,
    printPdf: createPdfPrinter(),
    commands,
    frame,
    preferences,
    noticed: createExportNotice({ nowMs: () => performance.now(), isFocused: () => window.isFocused(), notify: notifier(window) }),
  })
  connectPages(window.webContents, wire => serve(hostContract, handlers, relayEngineCalls(wire, engine), { onError: sayOnTerminal, allowsActions: true }))
  powerMonitor.on('resume', engine.wake)
  keepPage(window)
  app.on('window-all-closed', () => app.quit())
  app.once('will-quit', (event) => {
    event.preventDefault()
    // Not before this event is over: to quit while quitting is ignored.
    void Promise.all([engine.end(), stateWritten(), preferences.written(), frame.written()]).then(() => setImmediate(() => app.quit()))
  })

  const first = requestedOnStart(process.argv, process.cwd())
  const isSample = first?.kind === 'command' && first.command.command === 'openSample'
  loadPage(window, isSample ? SAMPLE_URL : PAGE_URL)
  function open(request: OpenRequest | null): void {
    if (request?.kind === 'command')
      commands.send(request.command)
    else if (request?.kind === 'file')
      void openSnapshotFile(window, request.path, commands.send)
  }
  if (!isSample)
    open(first)
  return (request) => {
    bringToFront(window)
    open(request)
  }
}

/** Where the platform has notifications; a click on one leads back to the window. */
const notifier = (window: BrowserWindow) => (title: string, body: string): void => {
  if (!Notification.isSupported())
    return
  const notification = new Notification({ title, body })
  notification.on('click', () => bringToFront(window))
  notification.show()
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized())
    window.restore()
  window.show()
}
