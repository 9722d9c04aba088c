import { join } from 'node:path'
import { walkPages } from '../walk-pages'
import { expect, test } from './desktop-app'

const PAGE = 'app://isoscope/index.html'

/** Byte for byte, and written down a second time on purpose: a change of the policy is a change of this line. */
const POLICY = 'default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\' data:; font-src \'self\'; connect-src \'self\'; '
  + 'object-src \'none\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'; require-trusted-types-for \'script\'; trusted-types vue default'

test('gives the page nothing but the pipe', async ({ launch }) => {
  const { page } = await launch()
  expect(await page.evaluate(() => {
    const bridge = window.isoscope ?? {}
    return {
      node: ['require', 'process', 'Buffer', 'global', 'module', '__dirname'].filter(name => Reflect.has(window, name)),
      keys: Object.keys(bridge),
      kinds: Object.values(bridge).map(value => typeof value),
      isFrozen: Object.isFrozen(bridge),
      isReplaceable: Reflect.defineProperty(window, 'isoscope', { value: 1 }),
      isExtensible: Reflect.set(bridge, 'more', 1),
    }
  })).toEqual({ node: [], keys: ['send', 'onFrame'], kinds: ['function', 'function'], isFrozen: true, isReplaceable: false, isExtensible: false })
})

test('has one window, sandboxed and isolated, without Node and webviews', async ({ launch }) => {
  const { app } = await launch()
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(window => Reflect.apply(Reflect.get(window.webContents, 'getLastWebPreferences'), window.webContents, [])))
  expect(preferences).toEqual([expect.objectContaining({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  })])
})

test('serves the page under its policy, and nothing else', async ({ launch }) => {
  const { page } = await launch()
  const answers = await page.evaluate(async (addresses) => {
    const answer = async (address: string, method = 'GET'): Promise<unknown> => {
      const response = await fetch(address, { method }).catch(() => null)
      return response && { status: response.status, policy: response.headers.get('content-security-policy'), sniff: response.headers.get('x-content-type-options') }
    }
    return {
      page: await answer('app://isoscope/index.html'),
      post: await answer('app://isoscope/index.html', 'POST'),
      others: await Promise.all(addresses.map(async address => [address, await answer(address)])),
    }
  }, [...UNKNOWN_ADDRESSES, ...FORBIDDEN_ADDRESSES])
  expect(answers).toEqual({
    page: { status: 200, policy: POLICY, sniff: 'nosniff' },
    post: { status: 405, policy: null, sniff: 'nosniff' },
    others: [
      ...UNKNOWN_ADDRESSES.map(address => [address, { status: 404, policy: null, sniff: 'nosniff' }]),
      ...FORBIDDEN_ADDRESSES.map(address => [address, null]),
    ],
  })
})

/** Ways out of a folder and names that a file system takes for others: 40 addresses of our own host that are none of its files. */
const UNKNOWN_ADDRESSES = [
  '', 'none.js', 'INDEX.HTML', 'index.html/', 'index.html/..', 'index.html%25', 'index.html%0a', 'index.html%20', 'index.html.', 'index.html%2f',
  'index%2fhtml', 'assets', 'assets/', 'assets/..', './', '.', '..', '../package.json', '../main/index.js', '../../package.json',
  '%2e%2e/package.json', '%2e%2e%2fpackage.json', '..%2fpackage.json', '..%5cpackage.json', '..%252fpackage.json', '..\\package.json', '.%2e/package.json', '....//package.json',
  '/etc/passwd', '//etc/passwd', '%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', 'assets/../../package.json', 'assets/%2e%2e/%2e%2e/package.json', 'assets/..%2f..%2fpackage.json',
  'file:///etc/passwd', 'C:/Windows/win.ini', 'proc/self/environ', '../preload/index.cjs', 'index.html::$DATA',
].map(path => `app://isoscope/${path}`)
/** Refused before anything is asked: by the page's policy or by Chromium. */
const FORBIDDEN_ADDRESSES = [
  'app://isoscope/index.html%00', 'app://isoscope/%00.js',
  'app://evil/index.html', 'app://report/index.html', 'https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:text/plain,x',
]

const ELSEWHERE = [
  'https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:"x"', 'app://evil/index.html',
  'app://isoscope/none.html', 'app://isoscope/../package.json', 'view-source:app://isoscope/index.html', 'chrome://version', '//example.com/', 'mailto:a@b.c',
]

test('stays where it is, wherever its page tries to go', async ({ launch }) => {
  const { app, page } = await launch()
  await page.evaluate(() => Reflect.set(window, 'isSameDocument', true))
  const moves = await app.evaluateHandle(({ webContents }) => {
    const seen: string[] = []
    for (const contents of webContents.getAllWebContents())
      contents.on('did-navigate', (_event, url) => seen.push(url))
    return seen
  })
  for (const address of ELSEWHERE) {
    await page.evaluate((to) => { location.href = to }, address)
    await page.evaluate((to) => { document.body.appendChild(Object.assign(document.createElement('a'), { href: to })).click() }, address)
    // Asked for after it, so answered after it: by then the navigation was refused.
    await page.evaluate(() => fetch('app://isoscope/index.html').then(response => response.text()))
  }
  expect({ moves: await moves.jsonValue(), url: page.url().split('#')[0], isSameDocument: await page.evaluate(() => Reflect.get(window, 'isSameDocument')) })
    .toEqual({ moves: [], url: PAGE, isSameDocument: true })
})

for (const address of ['about:blank', 'about:srcdoc']) {
  test(`comes back when its page leaves for ${address}, about which nobody is asked`, async ({ launch }) => {
    const { page } = await launch()
    await page.evaluate(() => Reflect.set(window, 'isSameDocument', true))
    await page.evaluate((to) => { setTimeout(() => { location.href = to }) }, address)
    await page.waitForFunction(() => location.protocol === 'app:' && !Reflect.has(window, 'isSameDocument'))
    await expect(page.locator('#app')).not.toBeEmpty()
  })
}

test('opens no window, frame or webview for its page', async ({ launch }) => {
  const { app, page } = await launch()
  const opened = await page.evaluate(() => {
    const add = (tag: string, attributes: Record<string, string>): HTMLElement => {
      const element = document.createElement(tag)
      for (const [name, value] of Object.entries(attributes))
        element.setAttribute(name, value)
      return document.body.appendChild(element)
    }
    add('a', { href: 'about:blank', target: '_blank' }).click()
    add('a', { href: 'https://example.com/' }).dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }))
    const form = document.createElement('form')
    Object.assign(document.body.appendChild(form), { action: 'https://example.com/', target: '_blank' }).submit()
    add('webview', { src: 'about:blank' })
    add('iframe', { src: 'app://isoscope/index.html' })
    return ['about:blank', 'https://example.com/', 'app://isoscope/index.html', ''].map(address => window.open(address))
  })
  await page.evaluate(() => fetch('app://isoscope/index.html').then(response => response.text()))
  expect({
    opened,
    contents: await app.evaluate(({ webContents }) => webContents.getAllWebContents().length),
    framesOfOurs: page.frames().filter(frame => frame.url().startsWith('app:')).length,
  }).toEqual({ opened: [null, null, null, null], contents: 1, framesOfOurs: 1 })
})

test('runs no text as code', async ({ launch }) => {
  const { page } = await launch()
  expect(await page.evaluate(async () => {
    const outcome = (act: () => unknown): string => {
      try {
        return String(act())
      }
      catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    // A later turn: what Playwright evaluates itself is exempt from the policy.
    await new Promise(resolve => setTimeout(resolve))
    return {
      eval: outcome(() => Reflect.apply(Reflect.get(window, 'eval'), window, ['1'])),
      timer: outcome(() => Reflect.apply(setTimeout, window, ['window.hasRun = true'])),
      markup: outcome(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hasRun = true">')),
      inline: outcome(() => document.head.appendChild(Object.assign(document.createElement('script'), { textContent: 'window.hasRun = true' }))),
      remote: outcome(() => document.head.appendChild(Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' }))),
      policy: outcome(() => window.trustedTypes?.createPolicy('other', { createHTML: text => text })),
      secondDefault: outcome(() => window.trustedTypes?.createPolicy('default', { createHTML: () => null })),
      handler: outcome(() => {
        const link = document.body.appendChild(document.createElement('a'))
        link.setAttribute('onclick', 'window.hasRun = true')
        link.click()
      }),
      style: outcome(() => {
        const element = document.body.appendChild(document.createElement('div'))
        element.setAttribute('style', 'width: 7px')
        return getComputedStyle(element).width === '7px'
      }),
      picture: await new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => blockedURI.includes('example') && resolve(effectiveDirective))
        Object.assign(document.createElement('img'), { src: 'https://example.com/x.png' })
      }),
      hasRun: Reflect.has(window, 'hasRun'),
    }
  })).toEqual({
    eval: 'EvalError',
    timer: 'TypeError',
    markup: 'TypeError',
    inline: 'TypeError',
    remote: 'TypeError',
    policy: 'TypeError',
    secondDefault: 'TypeError',
    handler: 'TypeError',
    style: 'false',
    picture: 'img-src',
    hasRun: false,
  })
})

test('has no permission but to copy text on a click', async ({ launch }) => {
  const { app, page } = await launch()
  const states = await page.evaluate(async () => {
    const names = [
      'accelerometer', 'ambient-light-sensor', 'background-fetch', 'background-sync', 'camera', 'clipboard-read', 'display-capture', 'geolocation', 'gyroscope',
      'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'nfc', 'notifications', 'payment-handler', 'periodic-background-sync',
      'persistent-storage', 'screen-wake-lock', 'storage-access', 'window-management', 'window-placement',
    ]
    const query = async (name: string): Promise<string> =>
      Reflect.apply(navigator.permissions.query, navigator.permissions, [{ name }]).then((status: PermissionStatus) => status.state, () => 'unknown to this Chromium')
    // No device is an empty list or false, or an error; an API that this Chromium lacks is an error too.
    const asked = async (api: string, method: string, ...input: unknown[]): Promise<string> => {
      const target: unknown = Reflect.get(navigator, api)
      const given = await Promise.resolve().then(() => Reflect.apply(Reflect.get(Object(target), method), target, input)).catch(() => false)
      return given === false || (Array.isArray(given) && given.length === 0) ? 'nothing' : `${api}.${method}`
    }
    return {
      granted: (await Promise.all(names.map(async name => [name, await query(name)]))).filter(([, state]) => state === 'granted'),
      notification: await Notification.requestPermission(),
      place: await new Promise(resolve => navigator.geolocation.getCurrentPosition(() => resolve('told'), ({ message }) => resolve(message))),
      clipboard: await navigator.clipboard.readText().catch(error => error.name),
      devices: await Promise.all([
        asked('mediaDevices', 'getUserMedia', { audio: true }), asked('mediaDevices', 'getDisplayMedia'), asked('usb', 'requestDevice', { filters: [] }),
        asked('hid', 'requestDevice', { filters: [] }), asked('serial', 'requestPort'), asked('bluetooth', 'requestDevice', { acceptAllDevices: true }),
        asked('wakeLock', 'request', 'screen'), asked('storage', 'persist'),
      ]),
    }
  })
  await page.evaluate(() => {
    const button = document.body.appendChild(document.createElement('button'))
    button.id = 'copy-for-test'
    Object.assign(button.style, { position: 'fixed', inset: '0', zIndex: '9' })
    button.addEventListener('click', () => navigator.clipboard.writeText('docker ps'))
  })
  await page.locator('#copy-for-test').click()
  expect(states).toEqual({ granted: [], notification: 'denied', place: 'User denied Geolocation', clipboard: 'NotAllowedError', devices: new Array(8).fill('nothing') })
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('docker ps')
})

test('asks for nothing but its own files, whatever page is shown, and prints from a document of its own', async ({ launch, sample, folder }) => {
  test.setTimeout(120_000)
  const { app, page, requests } = await launch()
  const seen = await app.evaluateHandle(({ app: electronApp, dialog, session }, filePath) => {
    const addresses: string[] = []
    const watch = ({ webRequest }: typeof session.defaultSession): void => {
      webRequest.onSendHeaders(({ url }) => { addresses.push(url) })
      webRequest.onErrorOccurred(({ url }) => { addresses.push(url) })
    }
    watch(session.defaultSession)
    electronApp.on('session-created', watch)
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
    return addresses
  }, join(folder, 'report.pdf'))
  await page.reload()
  await walkPages(page, sample)
  await page.getByRole('radio', { name: /^PDF/ }).check()
  await page.getByRole('button', { name: 'Export PDF' }).click()
  await expect(page.getByText('Saved as')).toBeVisible({ timeout: 60_000 })
  const isOurs = (address: string): boolean => /^(app:\/\/isoscope\/|app:\/\/report\/|data:)/.test(address)
  expect(requests.length).toBeGreaterThan(10)
  expect([...requests, ...await seen.jsonValue()].filter(address => !isOurs(address))).toEqual([])
})
