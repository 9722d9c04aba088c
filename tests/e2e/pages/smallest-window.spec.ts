import type { Page } from '@playwright/test'
import { expect, openTab, test } from '../app'

const SMALLEST = { width: 800, height: 600 }
const TABS = ['Overview', 'Processes', 'Files', 'Network', 'Resources', 'Logs', 'Security', 'Compare', 'Report'] as const

test.beforeEach(({ page }) => page.setViewportSize(SMALLEST))

/** Of all that is in the document: what is larger than the window could be scrolled away by a key. */
const sizeOf = (page: Page) => page.evaluate(() => ({ width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }))

for (const [name, address] of [['Guided lab', '/lab'], ['Run a container', '/run']] as const) {
  test(`${name} keeps within the smallest window`, async ({ page, openApp }) => {
    await openApp()
    await page.getByRole('link', { name }).first().click()
    await expect(page).toHaveURL(new RegExp(`${address}$`))
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    expect(await sizeOf(page)).toEqual(SMALLEST)
  })
}

test('every page of a container keeps within the smallest window', async ({ page, openApp }) => {
  await openApp('sample')
  for (const tab of TABS) {
    await openTab(page, tab)
    await expect(page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0)
    expect({ tab, ...await sizeOf(page) }).toEqual({ tab, ...SMALLEST })
  }
})
