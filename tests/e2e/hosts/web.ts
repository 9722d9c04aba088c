import { join } from 'node:path'
import type { BrowserType, LaunchOptions } from '@playwright/test'
import { startWebHost } from '../web-host'
import type { PageHost } from './host'

interface WebOptions {
  browserType: BrowserType
  launchOptions: LaunchOptions
  dockerHost: string | null
}

/** A browser, and `isoscope serve` whose links it opens; each test has a context of its own. */
export async function startInBrowser({ browserType, launchOptions, dockerHost }: WebOptions): Promise<PageHost> {
  const browser = await browserType.launch(launchOptions)
  const webHost = startWebHost(dockerHost)
  return {
    openPage: async (options) => {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      return {
        page,
        open: async (view) => {
          await page.goto(await webHost.takeLink() + (view ? `&view=${view}` : ''))
        },
        exported: async (act, folder) => {
          const coming = page.waitForEvent('download')
          await act()
          const download = await coming
          const name = download.suggestedFilename()
          await download.saveAs(join(folder, name))
          return { name, path: join(folder, name) }
        },
        close: () => context.close(),
      }
    },
    said: webHost.said,
    stop: async () => {
      await browser.close()
      await webHost.stop()
    },
  }
}
