import type { Page } from '@playwright/test'
import { expect, openTab, sample, test as base } from '../app'

/** What a browser says itself of a part that does not come is on the console: the page is not the fixture `page`, which keeps that empty. */
const test = base.extend<{ sampled: Page }>({
  sampled: async ({ hostPage }, use) => {
    await hostPage.open('sample')
    await expect(hostPage.page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
    await use(hostPage.page)
  },
})

/** As when an address of this computer changes meanwhile: the requests for that part do not arrive, `times` of them. */
async function lose(page: Page, part: string, times: number): Promise<() => number> {
  let asked = 0
  await page.route(`**/assets/${part}-*.js`, (route) => {
    asked += 1
    return asked > times ? route.continue() : route.abort('connectionreset')
  })
  return () => asked
}

const problem = (page: Page) => page.getByRole('group', { name: 'Problem' })

test('a part of the page that does not come is asked for again', async ({ sampled }) => {
  const asked = await lose(sampled, 'SecurityView', 2)
  await openTab(sampled, 'Security')
  await expect(sampled.getByRole('tab', { name: /^Findings/ })).toBeVisible()
  await expect(problem(sampled)).toHaveCount(0)
  expect(asked()).toBe(3)
})

test('one that never comes is said, what was shown stays, and the way on works when it comes again', async ({ sampled }) => {
  await lose(sampled, 'SecurityView', Number.POSITIVE_INFINITY)
  await openTab(sampled, 'Security')
  await expect(problem(sampled)).toContainText('A part of this page could not be loaded')
  await expect(sampled.getByRole('region', { name: 'The boundary' })).toBeVisible()
  await openTab(sampled, 'Report')
  await expect(problem(sampled)).toHaveCount(0)

  await openTab(sampled, 'Security')
  await expect(problem(sampled)).toBeVisible()
  await sampled.unrouteAll()
  await problem(sampled).getByRole('button', { name: 'Load the page again' }).click()
  await expect(problem(sampled)).toHaveCount(0)
  await openTab(sampled, 'Security')
  await expect(sampled.getByRole('tab', { name: /^Findings/ })).toBeVisible()
})

test('where charts do not come, there is the table of each', async ({ sampled }) => {
  await lose(sampled, 'echarts', Number.POSITIVE_INFINITY)
  await openTab(sampled, 'Files')
  await sampled.getByRole('tab', { name: /^Sizes/ }).click()
  await expect(sampled.getByRole('table', { name: 'Sizes below /' })).toBeVisible()
})
