import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { startSample } from '../../../build/testing/sample-for-tests.mjs'
import { prepareRuntime, type Runtime } from './runtime'
import { openDisplay } from './xvfb'

export { expect } from '@playwright/test'

export interface Desktop {
  app: ElectronApplication
  page: Page
  /** What the page said on its console, and every address that it asked for. */
  console: string[]
  requests: string[]
  /** What the program has said on stderr until now. */
  stderr: () => string
}

interface WorkerFixtures {
  runtime: Runtime
  display: string
  /** The name of the sample container, which runs meanwhile; the engine is left as it was found. */
  sample: string
}

interface TestFixtures {
  /** A folder of this test, removed after it. */
  folder: string
  /** Starts the application with this test's profile and waits for its window; it is closed after the test. */
  launch: (...args: string[]) => Promise<Desktop>
  /** Runs the program once more with the same profile, and gives its exit code. */
  launchAgain: () => Promise<number | null>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  runtime: [async ({}, use) => use(await prepareRuntime()), { scope: 'worker', timeout: 600_000 }],
  display: [async ({}, use) => {
    const display = await openDisplay()
    await use(display.name)
    await display.stop()
  }, { scope: 'worker' }],
  sample: [async ({}, use) => {
    const stop = await startSample(process.env)
    await use('nodeapp-container')
    await stop()
  }, { scope: 'worker', timeout: 900_000 }],

  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'isoscope-desktop-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  launch: async ({ runtime, display, folder }, use) => {
    const apps: ElectronApplication[] = []
    await use(async (...args) => {
      const app = await _electron.launch({ ...commandLine(runtime, folder, args), env: environment(display), timeout: 30_000 })
      apps.push(app)
      return watched(app)
    })
    await Promise.all(apps.map(app => app.close()))
  },
  launchAgain: async ({ runtime, display, folder }, use) => use(async () => {
    const { executablePath, args } = commandLine(runtime, folder, [])
    const child = spawn(executablePath, args, { env: environment(display), stdio: 'ignore' })
    await once(child, 'exit')
    return child.exitCode
  }),
})

const commandLine = ({ executable, args }: Runtime, folder: string, more: string[]): { executablePath: string, args: string[] } =>
  ({ executablePath: executable, args: [...args, `--user-data-dir=${join(folder, 'profile')}`, ...more] })

/** This process's own, on the display; an Electron that this runs in must not be handed down. */
function environment(display: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(inherited.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE')), DISPLAY: display }
}

async function watched(app: ElectronApplication): Promise<Desktop> {
  const said: Buffer[] = []
  app.process().stderr?.on('data', chunk => said.push(chunk))
  const desktop = { app, console: new Array<string>(), requests: new Array<string>(), stderr: () => Buffer.concat(said).toString() }
  app.context().on('console', message => desktop.console.push(`${message.type()}: ${message.text()}`))
  app.context().on('request', request => desktop.requests.push(request.url()))
  return { ...desktop, page: await app.firstWindow() }
}
