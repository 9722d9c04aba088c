import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test as base } from '@playwright/test'
import type { Snapshot } from '../../shared/model/snapshot'
import { startWebHost, type WebHost } from './web-host'

export { expect }

/** What comes with Isoscope: expectations are taken from it, so that another recording may take its place. */
export const sample: Snapshot = JSON.parse(readFileSync('renderer/client/sample/nodeapp-container.json', 'utf8'))

interface TestFixtures {
  /** Opens the application as a person does: by its link. `sample` opens the built-in recording at once. */
  openApp: (view?: 'sample') => Promise<void>
  /** Demands that no rule of axe fails, in light and in dark. */
  expectAccessible: () => Promise<void>
}

interface WorkerFixtures {
  /** Where the host looks for the engine; null: wherever it is on this machine. */
  dockerHost: string | null
  webHost: WebHost
}

/**
 * A page of the application that must stay silent: a message on the console, an error or a refusal of the page's policy fails
 * the test. Another host (the desktop's window) gives the same `page` and `openApp`.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  dockerHost: [null, { scope: 'worker', option: true }],
  webHost: [async ({ dockerHost }, use) => {
    const host = startWebHost(dockerHost)
    await use(host)
    await host.stop()
  }, { scope: 'worker' }],

  page: async ({ page }, use) => {
    const heard: string[] = []
    page.on('console', message => heard.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', error => heard.push(`error: ${error.message}`))
    await use(page)
    expect(heard, 'the console stays empty').toEqual([])
  },
  openApp: async ({ page, webHost }, use) => {
    await use(async (view) => {
      await page.goto(await webHost.takeLink() + (view ? `&view=${view}` : ''))
      if (view)
        await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
    })
  },
  expectAccessible: async ({ page }, use) => {
    await use(async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await new AxeBuilder({ page }).analyze()
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
