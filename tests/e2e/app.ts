import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type ConsoleMessage, expect, type Page, test as base } from '@playwright/test'
import { Snapshot } from '../../shared/model/snapshot'
import { startInElectron } from './hosts/desktop'
import type { ExportedFile, HostName, HostPage, PageHost } from './hosts/host'
import { startInBrowser } from './hosts/web'

export { expect }

/** An application may take so long to its first page on a machine where five others just ended. */
const START_MS = 20_000

/** Chromium's, when a container with a network is started meanwhile by whoever uses this machine; it asks again, and so does the page. */
const ADDRESSES_CHANGED = 'net::ERR_NETWORK_CHANGED'

/** What comes with Isoscope: expectations are taken from it, so that another recording may take its place. */
export const sample = Snapshot.parse(JSON.parse(readFileSync('renderer/client/sample/nodeapp-container.json', 'utf8')))

interface TestFixtures {
  hostPage: HostPage
  /** Opens the application as a person does: by its link, or by starting it. `sample` opens the built-in recording at once. */
  openApp: (view?: 'sample') => Promise<void>
  /** Demands that no rule of axe fails, in light and in dark. */
  expectAccessible: () => Promise<void>
  /** The file that comes of the export that `act` begins; it is gone after the test. */
  exported: (act: () => Promise<void>) => Promise<ExportedFile>
}

interface WorkerFixtures {
  hostName: HostName
  /** Where the host looks for the engine; null: wherever it is on this machine. */
  dockerHost: string | null
  host: PageHost
}

/**
 * A page of the application that must stay silent: a message on the console, an error or a refusal of the page's policy fails
 * the test. It is the same in a browser and in the desktop's window: the project's `hostName` tells which.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  hostName: ['web', { scope: 'worker', option: true }],
  dockerHost: [null, { scope: 'worker', option: true }],
  // Not Playwright's own browser, which would be started for the desktop's tests too.
  host: [async ({ hostName, dockerHost, playwright, launchOptions }, use) => {
    const host = hostName === 'desktop'
      ? await startInElectron(dockerHost)
      : await startInBrowser({ browserType: playwright.chromium, launchOptions, dockerHost })
    await use(host)
    await host.stop()
  }, { scope: 'worker', timeout: 600_000 }],

  hostPage: async ({ host, viewport, contextOptions }, use) => {
    const hostPage = await host.openPage({ ...contextOptions, viewport })
    await use(hostPage)
    await hostPage.close()
  },
  page: async ({ hostPage: { page } }, use) => {
    const heard: string[] = []
    const onConsole = (message: ConsoleMessage): void => {
      if (!message.text().includes(ADDRESSES_CHANGED))
        heard.push(`${message.type()}: ${message.text()}`)
    }
    const onError = (error: Error): void => { heard.push(`error: ${error.message}`) }
    page.on('console', onConsole).on('pageerror', onError)
    await use(page)
    page.off('console', onConsole).off('pageerror', onError)
    expect(heard, 'the console stays empty').toEqual([])
  },
  openApp: async ({ page, hostPage }, use) => {
    await use(async (view) => {
      await hostPage.open(view)
      if (view)
        await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible({ timeout: START_MS })
    })
  },
  exported: async ({ hostPage }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'isoscope-exported-'))
    await use(act => hostPage.exported(act, folder))
    rmSync(folder, { recursive: true, force: true })
  },
  expectAccessible: async ({ page, hostName }, use) => {
    await use(async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        // Otherwise axe ends its work in a second page, which an Electron does not open.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(hostName === 'desktop').analyze()
        expect(violations.map(describeViolation), `axe, ${colorScheme}`).toEqual([])
      }
    })
  },
})

const describeViolation = ({ id, nodes }: { id: string, nodes: { target: unknown, failureSummary?: string | undefined }[] }): string =>
  `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary}`).join(' | ')}`

/** Follows a tab of the container's pages. */
export const openTab = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name }).click()
