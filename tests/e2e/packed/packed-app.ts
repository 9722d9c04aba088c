import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { chromium, expect, type Page } from '@playwright/test'
import { test as base } from '../desktop/display-test'

export { expect }

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')

/** What `npm run pack` made. */
export interface Packed {
  executable: string
  /** The same with `--inspect` allowed: what shows that a test of that fuse can fail. */
  inspectable: string
  deb: string
  tar: string
  electron: string
  fuses: Record<string, string>
  lacking: string[]
}

interface Start {
  executable?: string
  args?: string[]
  env?: Record<string, string>
  /** As another user, who has Chromium's sandbox: root has none. */
  uid?: number
}

export interface Started {
  process: ChildProcess
  page: Page
  /** What the page has said on its console, from when the test could listen. */
  console: string[]
  stderr: () => string
}

interface WorkerFixtures {
  packed: Packed
}

interface TestFixtures {
  /** Starts a packed program with a new profile and waits for its page. It is ended after the test. */
  start: (how?: Start) => Promise<Started>
}

/**
 * The packed application is driven as a browser, by its page alone: the fuse that refuses `--inspect` keeps Playwright's
 * `_electron`, and everyone else, out of the main process. So nothing here can answer a save dialog.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  packed: [async ({}, use) => {
    const list = join(root, 'out/packed/packed.json')
    if (!existsSync(list))
      await run(process.execPath, ['build/pack/pack.mjs'], { cwd: root })
    await use(JSON.parse(readFileSync(list, 'utf8')))
  }, { scope: 'worker', timeout: 600_000 }],

  start: async ({ packed, display, folder }, use) => {
    const started: ChildProcess[] = []
    let profiles = 0
    await use(async ({ executable = packed.executable, args = [], env = {}, uid } = {}) => {
      const home = join(folder, `home-${profiles++}`)
      mkdirSync(home, { mode: 0o777 })
      chmodSync(home, 0o777)
      const isRoot = process.getuid?.() === 0 && uid === undefined
      const child = spawn(executable, [
        '--remote-debugging-port=0', `--user-data-dir=${join(home, 'profile')}`, ...(isRoot ? ['--no-sandbox'] : []), ...args,
      ], {
        cwd: dirname(executable),
        env: { ...process.env, HOME: home, DISPLAY: display, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
        ...(uid === undefined ? {} : { uid, gid: uid }),
      })
      started.push(child)
      return watched(child)
    })
    await Promise.all(started.map(end))
  },
})

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function watched(child: ChildProcess): Promise<Started> {
  const said: string[] = []
  const address = await new Promise<string>((found, fail) => {
    if (!child.stderr)
      return fail(new Error('The packed program was started without its stderr.'))
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (address)
        found(address)
    })
    child.once('exit', code => fail(new Error(`The packed program ended with ${code}:\n${said.join('\n')}`)))
  })
  // Of a window that opens after the connection Electron 22 tells nothing.
  await expect.poll(() => pageAddresses(address), { timeout: 20_000 }).toEqual([expect.stringMatching(/^app:/)])
  // Playwright's defaults for a browser are contexts and downloads, of which Electron has neither.
  const browser = await chromium.connectOverCDP(address, { noDefaults: true })
  const page = browser.contexts()[0]?.pages()[0]
  if (!page)
    throw new Error('The packed program has no page.')
  const heard: string[] = []
  page.on('console', message => heard.push(`${message.type()}: ${message.text()}`))
  return { process: child, page, console: heard, stderr: () => said.join('\n') }
}

/** The pages that the program offers to debuggers, by their addresses. */
async function pageAddresses(address: string): Promise<string[]> {
  const targets: { type: string, url: string }[] = await (await fetch(`http://${new URL(address).host}/json/list`)).json()
  return targets.filter(({ type }) => type === 'page').map(({ url }) => url)
}
