import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow, Menu, protocol, session } from 'electron'
import { createService } from '../engine/service'
import { contract } from '../shared/contract/contract'
import { serve } from '../shared/contract/serve'
import { answerPageFiles, listPageFiles } from './app-protocol'
import { guardContents } from './contents-guard'
import { desktopHandlers } from './desktop-handlers'
import { keepPage } from './keep-page'
import { createMenu } from './menu'
import { endOnBug, sayOnTerminal } from './own-errors'
import { PAGE_URL, SAMPLE_URL, SCHEME } from './page-address'
import { createPageCommands } from './page-commands'
import { createPdfPrinter } from './print-pdf'
import { answerScheme } from './scheme-answers'
import { guardSession } from './session-guard'
import { createPageWindow } from './window'
import { connectPages } from './wire-ipc'

app.setName('Isoscope')
endOnBug(app)
// With --no-sandbox, which root on Linux cannot do without, this would leave child processes that refuse to start.
if (!app.commandLine.hasSwitch('no-sandbox'))
  app.enableSandbox()
guardContents(app)
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

if (app.requestSingleInstanceLock())
  void app.whenReady().then(openIsoscope)
else
  app.quit()

function openIsoscope(): void {
  guardSession(session.defaultSession)
  answerScheme(protocol, SCHEME, answerPageFiles(listPageFiles(join(import.meta.dirname, '../renderer'))))
  Menu.setApplicationMenu(createMenu(app, process.platform))

  const service = createService({
    env: process.env,
    homeDirectory: homedir(),
    platform: process.platform,
    isoscopeVersion: app.getVersion(),
    now: () => new Date(),
  })
  const window = createPageWindow()
  const handlers = desktopHandlers({
    service,
    version: app.getVersion(),
    window,
    printPdf: createPdfPrinter(),
    commands: createPageCommands(),
    showState: ({ title }) => window.setTitle(title),
  })
  connectPages(window.webContents, wire => serve(contract, handlers, wire, { onError: sayOnTerminal }))
  keepPage(window)
  app.on('second-instance', () => bringToFront(window))
  app.on('window-all-closed', () => app.quit())

  void window.loadURL(process.argv.includes('--sample') ? SAMPLE_URL : PAGE_URL)
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized())
    window.restore()
  window.show()
}
