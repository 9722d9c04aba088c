import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { commandLine, environment } from './command-line'
import { test as base } from './display-test'
import { prepareRuntime, type Runtime } from './runtime'

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

interface Surroundings {
  /** Beside this process's own. */
  env?: Record<string, string>
  /** What is run instead of Electron: it gets Electron's arguments. */
  executablePath?: string
}

interface WorkerFixtures {
  runtime: Runtime
}

interface TestFixtures {
  /** Starts the application with this test's profile and waits for its window; it is closed after the test. */
  launch: (...args: string[]) => Promise<Desktop>
  /** The same in a changed environment, by another program or at another place. */
  launchIn: (surroundings: Surroundings, ...args: string[]) => Promise<Desktop>
  /** Runs the program once more with the same profile, and gives its exit code. */
  launchAgain: (...args: string[]) => Promise<number | null>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  runtime: [async ({}, use) => use(await prepareRuntime()), { scope: 'worker', timeout: 600_000 }],

  launch: async ({ launchIn }, use) => use((...args) => launchIn({}, ...args)),
  launchIn: async ({ runtime, display, folder }, use) => {
    const apps: ElectronApplication[] = []
    await use(async ({ env = {}, ...surroundings }, ...args) => {
      const app = await _electron.launch({ ...commandLine(runtime, folder, args), ...surroundings, env: { ...environment(display), ...env }, timeout: 30_000 })
      apps.push(app)
      return watched(app)
    })
    await Promise.all(apps.map(app => app.close()))
  },
  launchAgain: async ({ runtime, display, folder }, use) => use(async (...more) => {
    const { executablePath, args } = commandLine(runtime, folder, more)
    const child = spawn(executablePath, args, { env: environment(display), stdio: 'ignore' })
    await once(child, 'exit')
    return child.exitCode
  }),
})

async function watched(app: ElectronApplication): Promise<Desktop> {
  const said: Buffer[] = []
  app.process().stderr?.on('data', chunk => said.push(chunk))
  const desktop = { app, console: new Array<string>(), requests: new Array<string>(), stderr: () => Buffer.concat(said).toString() }
  app.context().on('console', message => desktop.console.push(`${message.type()}: ${message.text()}`))
  app.context().on('request', request => desktop.requests.push(request.url()))
  return { ...desktop, page: await app.firstWindow() }
}
