interface Proof {
  file: string
  /** The sentence of a test in it. */
  test: string
}

interface Item {
  item: string
  what: string
  provedBy: readonly Proof[]
}

const live = (test: string, file = 'hardening'): Proof => ({ file: `tests/e2e/desktop/${file}.spec.ts`, test })
const source = (test: string): Proof => ({ file: 'tests/house/hardening.test.ts', test })

const FUSES = [
  'every fuse of this Electron is as the configuration has it',
  'cannot be run as Node.js',
  'NODE_OPTIONS loads nothing into it',
  'nobody can look into its main process, by --inspect or by SIGUSR1',
  'takes no application but its asar',
]

/** Electron's security checklist (electronjs.org, "Security"), item by item, and Electronegativity's further checks (E21): which test shows it. */
export const CHECKLIST: readonly Item[] = [
  { item: 'E1', what: 'only secure content', provedBy: [live('asks for nothing but its own files, whatever page is shown'), source('an address of another machine, but for the names of XML')] },
  { item: 'E2', what: 'no Node in a page, frame or worker', provedBy: [live('gives the page nothing but the pipe'), live('a frame within the page has neither the pipe nor Node, and a worker cannot be started', 'hardening-pipe'), source('Node in a page')] },
  { item: 'E3', what: 'context isolation', provedBy: [live('has one window, sandboxed and isolated, without Node and webviews'), source('spells out what every window has')] },
  { item: 'E4', what: 'process sandbox', provedBy: [live('as another user than root every renderer is in Chromium', 'sandbox'), source('turns the sandbox on before Electron is ready'), source('starts nothing of what it ships without a sandbox, but root on Linux')] },
  { item: 'E5', what: 'permissions', provedBy: [live('has no permission but to copy text on a click'), source('grants one permission by name')] },
  { item: 'E6', what: 'web security stays on', provedBy: [live('has one window, sandboxed and isolated, without Node and webviews'), source('a switch that lowers a guard of Chromium')] },
  { item: 'E7', what: 'content security policy', provedBy: [live('serves the page under its policy, and nothing else'), live('runs no text as code'), source('has one page policy, with nothing of unsafe-*, no wildcard and no address')] },
  { item: 'E8', what: 'no insecure content', provedBy: [live('has one window, sandboxed and isolated, without Node and webviews'), source('a switch that lowers a guard of Chromium')] },
  { item: 'E9', what: 'no experimental features', provedBy: [live('has one window, sandboxed and isolated, without Node and webviews'), source('an experimental feature')] },
  { item: 'E10', what: 'no enableBlinkFeatures', provedBy: [source('an experimental feature')] },
  { item: 'E11', what: 'no allowpopups', provedBy: [live('opens no window, frame or webview for its page')] },
  { item: 'E12', what: 'webviews are refused', provedBy: [live('opens no window, frame or webview for its page'), source('refuses navigation and new windows')] },
  { item: 'E13', what: 'navigation', provedBy: [live('stays where it is, wherever its page tries to go'), live('comes back when its page leaves for')] },
  { item: 'E14', what: 'new windows', provedBy: [live('opens no window, frame or webview for its page')] },
  { item: 'E15', what: 'openExternal', provedBy: [source('a way to another program')] },
  { item: 'E16', what: 'a current Electron', provedBy: [source('ships an Electron that gets fixes, pinned to one version')] },
  { item: 'E17', what: 'the sender of every message', provedBy: [live('a window on another origin that has the same preload is not heard', 'hardening-pipe'), live('what is no request is not answered, and ends nothing', 'hardening-pipe'), live('what is no call of the contract is refused by name, prototypes too', 'hardening-pipe'), source('hears the page over IPC')] },
  { item: 'E18', what: 'no file: and a fixed list of files', provedBy: [live('serves the page under its policy, and nothing else'), source('an address of a file, but where all of them are refused')] },
  { item: 'E19', what: 'fuses', provedBy: FUSES.map(test => ({ file: 'tests/e2e/packed/fuses.spec.ts', test })) },
  { item: 'E20', what: 'no Electron API in a page', provedBy: [live('gives the page nothing but the pipe'), live('what comes over the pipe is text alone, and nothing of the event that brought it', 'hardening-pipe'), source('speaks over IPC from the page\\\'s side')] },
  { item: 'E21', what: 'certificates, switches, warnings, dangerous functions, preload and protocol', provedBy: [source('an override of certificates'), source('a switch of Chromium\\\'s command line'), source('silence instead of Electron\\\'s warnings'), source('code in place of data'), source('answers a scheme'), source('a remote debugger')] },
]
