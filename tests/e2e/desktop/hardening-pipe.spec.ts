import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './desktop-app'

/** Sends through the page's own pipe, one after the other, and gives the replies up to the answer of a last, well-formed call: one for the engine's process, which is the longer way. */
const repliesTo = (page: Page, frames: readonly unknown[]): Promise<unknown[]> => page.evaluate((sent) => {
  const { isoscope } = window
  const LAST = 999_999
  const replies: unknown[] = []
  return new Promise<unknown[]>((answer, reject) => {
    if (!isoscope)
      return reject(new Error('The page has no pipe.'))
    isoscope.onFrame((text) => {
      const frame: unknown = JSON.parse(String(text))
      const id = Reflect.get(Object(frame), 'id')
      if (id === LAST)
        answer(replies)
      else if (typeof id === 'number' && id >= 900_000)
        replies.push(frame)
    })
    sent.forEach(frame => isoscope.send(frame))
    isoscope.send({ frame: 'call', id: LAST, name: 'engine.status', input: {} })
  })
}, frames)

const call = (id: number, name: string, input: unknown = {}): unknown => ({ frame: 'call', id, name, input })
const refused = (id: number, code: string): unknown => expect.objectContaining({ frame: 'failure', id, problem: expect.objectContaining({ code }) })

test('what is no request is not answered, and ends nothing', async ({ launch }) => {
  const { page } = await launch()
  const frames = [
    null, 0, '', 'text', [], {}, [call(900_001, 'host.describe')], { frame: 'result', id: 900_002, value: {} }, { frame: '__proto__', id: 900_003 },
    call(-1, 'host.describe'), call(900_004.5, 'host.describe'), { frame: 'call', id: '900005', name: 'host.describe', input: {} },
    { frame: 'call', id: 900_006, name: 7, input: {} }, call(900_007, 'x'.repeat(65)), { frame: 'more', id: 900_008, count: 1e9 }, { frame: 'cancel', id: 900_009 },
    call(900_010, 'host.describe', { padding: 'x'.repeat(600 * 1024) }),
  ]
  expect(await repliesTo(page, frames)).toEqual([])
})

test('what is no call of the contract is refused by name, prototypes too', async ({ launch }) => {
  const { page } = await launch()
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', '', 'docker', 'host.describe ', 'HOST.DESCRIBE', 'snapshot.take\u0000']
  expect(await repliesTo(page, names.map((name, index) => call(900_000 + index, name))))
    .toEqual(names.map((_name, index) => refused(900_000 + index, 'CALL_UNKNOWN')))
})

test('a call with other input than the contract\'s is refused, and changes no prototype', async ({ launch }) => {
  const { app, page } = await launch()
  const inputs = [null, 'x', [], { containerId: 7 }, { containerId: '../version' }, { containerId: 'a'.repeat(63) }, { containerId: 'A'.repeat(64) }, { containerId: `${'a'.repeat(64)}/json` }]
  expect(await repliesTo(page, inputs.map((input, index) => call(900_000 + index, 'snapshot.take', input))))
    .toEqual(inputs.map((_input, index) => refused(900_000 + index, 'CALL_BAD_INPUT')))
  const polluting: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
  await repliesTo(page, [call(900_100, 'host.describe', polluting)])
  expect(await app.evaluate(() => Reflect.has({}, 'polluted'))).toBe(false)
})

test('a page that asks for more at once than a person can is refused the rest', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('main')).not.toBeEmpty()
  const replies = await repliesTo(page, [
    ...Array.from({ length: 200 }, (_, index) => call(900_000 + index, 'live.watch', { containerId: '0'.repeat(64), everyMs: 60_000 })),
    ...Array.from({ length: 200 }, (_, index) => ({ frame: 'cancel', id: 900_000 + index })),
  ])
  expect(replies.filter(reply => Reflect.get(Object(Reflect.get(Object(reply), 'problem')), 'code') === 'CALL_REFUSED').length).toBeGreaterThan(100)
})

test('what comes over the pipe is text alone, and nothing of the event that brought it', async ({ launch, sample }) => {
  const { page } = await launch()
  await expect(page.getByRole('main').getByRole('row', { name: sample })).toBeVisible()
  expect(await page.evaluate(() => new Promise((answer) => {
    const kinds: string[][] = []
    window.isoscope?.onFrame((...received: unknown[]) => {
      kinds.push(received.map(value => typeof value))
      if (Reflect.get(Object(JSON.parse(String(received[0]))), 'id') === 900_001)
        answer({ strange: kinds.filter(each => each.join() !== 'string'), sent: typeof window.isoscope?.send(null) })
    })
    window.isoscope?.send({ frame: 'call', id: 900_000, name: 'engine.status', input: {} })
    window.isoscope?.send({ frame: 'call', id: 900_001, name: 'host.describe', input: {} })
  }))).toEqual({ strange: [], sent: 'undefined' })
})

test('a frame within the page has neither the pipe nor Node, and a worker cannot be started', async ({ launch }) => {
  const { page } = await launch()
  expect(await page.evaluate(async () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inner = frame.contentWindow
    const outcome = (act: () => unknown): string => {
      try {
        return String(act())
      }
      catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    const blob = URL.createObjectURL(new Blob(['postMessage(typeof require + typeof process)'], { type: 'text/javascript' }))
    return {
      has: ['isoscope', 'require', 'process', 'Buffer', 'electron'].filter(name => inner !== null && Reflect.has(inner, name)),
      worker: outcome(() => new Worker(blob)),
      sharedWorker: outcome(() => new SharedWorker(blob)),
      serviceWorker: await Promise.resolve().then(() => navigator.serviceWorker.register('app://isoscope/assets/none.js')).then(() => 'registered', error => error.name),
    }
  })).toEqual({ has: [], worker: 'TypeError', sharedWorker: 'TypeError', serviceWorker: 'TypeError' })
})

test('a window on another origin that has the same preload is not heard', async ({ launch }) => {
  const { app, page } = await launch()
  const other = await app.evaluateHandle(async ({ BrowserWindow }, preload) => {
    const [ours] = BrowserWindow.getAllWindows()
    const other = new BrowserWindow({ show: false, webPreferences: { preload } })
    await other.loadURL('data:text/html,other')
    await other.webContents.executeJavaScript(`
      window.heard = []
      window.isoscope.onFrame(frame => window.heard.push(frame))
      window.isoscope.send({ frame: 'call', id: 1, name: 'host.describe', input: {} })
      window.isoscope.send({ frame: 'call', id: 2, name: 'containers.watch', input: {} })
      null`)
    // The same from a child frame and from an origin whose name begins like ours, as Electron would tell of them.
    const text = JSON.stringify({ frame: 'call', id: 900_001, name: 'host.describe', input: {} })
    for (const senderFrame of [{ parent: {}, url: 'app://isoscope/index.html' }, { parent: null, url: 'app://isoscope.evil/index.html' }, { parent: null, url: 'data:text/html,x' }, null])
      ours?.webContents.ipc.emit('isoscope', { senderFrame }, text)
    return other
  }, resolve('out/preload/index.cjs'))
  expect(await repliesTo(page, [])).toEqual([])
  expect(await other.evaluate(({ webContents }) => webContents.executeJavaScript('window.heard'))).toEqual([])
})
