import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { pagePolicy } from '../../shared/contract/page-policy'
import packageJson from '../../package.json'
import { CHECKLIST } from './hardening-checklist'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** The files of a folder that become the program, as paths from the top. */
const sourcesOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(path => /\.(ts|vue|html|css)$/.test(path)).map(path => join(folder, path))

const MAIN = sourcesOf('electron')
const PAGE = sourcesOf('renderer')
const ALL = [...MAIN, ...PAGE, ...sourcesOf('shared'), ...sourcesOf('engine')]

/** Which of these files hold the pattern. */
const holding = (files: readonly string[], pattern: RegExp): string[] => files.filter(path => pattern.test(read(path))).sort()

describe('every item of Electron\'s security checklist', () => {
  it('has an entry, E1 to E21', () => {
    expect(CHECKLIST.map(({ item }) => item)).toEqual(Array.from({ length: 21 }, (_, index) => `E${index + 1}`))
  })

  it.each(CHECKLIST)('$item, $what: is proved by tests that exist', ({ provedBy }) => {
    const missing = provedBy.filter(({ file, test }) => !existsSync(join(ROOT, file)) || !['\'', '`'].some(quote => read(file).includes(quote + test)))
    expect(provedBy.length).toBeGreaterThan(0)
    expect(missing).toEqual([])
  })
})

describe('what only one place may do', () => {
  it.each([
    ['makes a window', /new BrowserWindow\(/, ['electron/window.ts']],
    ['makes another kind of view', /new (BrowserView|WebContentsView|Tray)\(/, []],
    ['hears the page over IPC', /ipcMain|\.ipc\.(on|handle)/, ['electron/wire-ipc.ts']],
    ['speaks over IPC from the page\'s side', /ipcRenderer|contextBridge/, ['electron/preload.ts']],
    ['decides on permissions', /setPermission(Request|Check)Handler|setDevicePermissionHandler/, ['electron/session-guard.ts']],
    ['refuses navigation and new windows', /setWindowOpenHandler|will-navigate'|will-frame-navigate|will-redirect|will-attach-webview/, ['electron/contents-guard.ts']],
    ['answers a scheme', /protocol\.(handle|register\w+Protocol)\(/, ['electron/scheme-answers.ts']],
    ['gives a scheme its privileges', /registerSchemesAsPrivileged/, ['electron/main.ts']],
    ['speaks to the terminal', /process\.(stdout|stderr)|console\./, ['electron/say-on-terminal.ts']],
  ])('%s', (_what, pattern, places) => {
    expect(holding(MAIN, pattern)).toEqual(places)
  })
})

describe('what no source of the program holds', () => {
  it.each([
    ['a switch that lowers a guard of Chromium', /webSecurity\s*:|allowRunningInsecureContent|allowDisplayingInsecureContent/],
    ['an experimental feature', /experimentalFeatures|enableBlinkFeatures|experimentalCanvasFeatures/],
    ['Node in a page', /nodeIntegration\w*\s*:\s*true|contextIsolation\s*:\s*false|sandbox\s*:\s*false|webviewTag\s*:\s*true|enableRemoteModule/],
    ['code in place of data', /\beval\(|new Function\(|executeJavaScript|insertCSS\(|(?<!\w)document\.write\(/],
    ['markup from text', /v-html|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML/],
    ['a way to another program', /openExternal|openPath|showItemInFolder|trashItem|ShortcutLink|\bshell\b[^\n]*from 'electron'|electron\.shell|child_process/],
    ['an override of certificates', /setCertificateVerifyProc|certificate-error|ignore-certificate-errors|select-client-certificate/],
    ['a switch of Chromium\'s command line', /appendSwitch|appendArgument/],
    ['silence instead of Electron\'s warnings', /ELECTRON_DISABLE_SECURITY_WARNINGS|ELECTRON_ENABLE_/],
    ['a remote debugger', /remote-debugging|debugger\.attach|openDevTools\(/],
    ['a log for debugging', /console\.(log|debug|info|warn|error)/],
    ['a page from disk', /loadFile\(|loadURL\(\s*['"`](file|https?|data):/],
    ['an auto-updater or a crash uploader', /autoUpdater|crashReporter|submitURL/],
    ['a custom user agent or proxy', /setUserAgent|setProxy|enableNetworkEmulation/],
    ['synchronous IPC', /sendSync|returnValue/],
  ])('%s', (_what, pattern) => {
    expect(holding([...MAIN, ...PAGE, ...sourcesOf('shared')], pattern)).toEqual([])
  })

  it('an address of another machine, but for the names of XML', () => {
    const addresses = PAGE.flatMap(path => [...read(path).matchAll(/\b(?:https?|wss?|ftp):\/\/[\w.-]+/g)].map(([address]) => address))
    expect([...new Set(addresses)].filter(address => address !== 'http://www.w3.org')).toEqual([])
  })

  it('an address of a file, but where all of them are refused', () => {
    expect(holding(ALL, /file:\/\//)).toEqual(['electron/session-guard.ts'])
  })
})

it('spells out what every window has', () => {
  const window = read('electron/window.ts')
  for (const line of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'nodeIntegrationInWorker: false', 'nodeIntegrationInSubFrames: false', 'webviewTag: false'])
    expect(window).toContain(line)
  expect(window.match(/webPreferences: \{ \.\.\.HARDENED/g)).toHaveLength(window.match(/new BrowserWindow\(/g)?.length ?? 0)
})

it('turns the sandbox on before Electron is ready', () => {
  const main = read('electron/main.ts')
  expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(-1)
  expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('app.whenReady()'))
  expect(main.indexOf('guardContents(app)')).toBeLessThan(main.indexOf('app.whenReady()'))
})

it('grants one permission by name', () => {
  expect([...read('electron/session-guard.ts').matchAll(/permission === '([^']+)'/g)].map(([, name]) => name)).toEqual(['clipboard-sanitized-write'])
})

it('has one page policy, with nothing of unsafe-*, no wildcard and no address', () => {
  const policy = pagePolicy('\'self\'')
  expect(policy).not.toMatch(/unsafe|\*|https?:|strict-dynamic|blob:/)
  expect(holding(ALL, /http-equiv="Content-Security-Policy"/)).toEqual(['shared/report/to-html.ts'])
})

it('ships an Electron that gets fixes, pinned to one version', () => {
  // Electron supports its latest three majors (electronjs.org, "Electron Releases"); 45 is the current one.
  const [, major = '0'] = /^(\d+)\.\d+\.\d+$/.exec(packageJson.devDependencies.electron) ?? []
  expect([43, 44, 45]).toContain(Number(major))
})

it('starts nothing of what it ships without a sandbox, but root on Linux', () => {
  const launchers = readdirSync(join(ROOT, 'build/launch')).map(name => `build/launch/${name}`)
  const flagged = [...launchers, ...MAIN].flatMap(path => read(path).split('\n').filter(line => /['"`]--no-sandbox/.test(line)).map(line => `${path}: ${line.trim()}`))
  expect(flagged.filter(line => !/getuid|isRoot|root/i.test(line))).toEqual([])
})
