import { expect, test } from '../app'
import { chooseUsual, DOCKER_HOST, endpointRow as row, inRail, SECOND_VERSION as VERSION, startTwoEngines, type TwoEngines } from '../two-engines'

let engines: TwoEngines
test.use({ dockerHost: DOCKER_HOST })
test.beforeAll(async () => { engines = await startTwoEngines() })
test.afterAll(() => engines.end())

test.beforeEach(async ({ page, openApp }) => {
  await openApp()
  await expect(inRail(page, 'only-of-one')).toBeVisible()
})
test.afterEach(({ page }) => chooseUsual(page))

test('the list says of each endpoint how it does, and which is asked now', async ({ page }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  const list = page.getByRole('dialog', { name: 'Choose an engine' })
  await expect(list.getByRole('button', { name: /^DOCKER_HOST asked now .*one\.sock Answers, \d+ ms: Docker Engine - Community 27\.0\.0, API 1\.46/ })).toBeDisabled()
  await expect(list.getByRole('button', { name: /^context "second" .*two\.sock Answers, \d+ ms: Second Engine 27\.2\.0, API 1\.46/ })).toBeEnabled()
  await expect(list.getByRole('button', { name: /^context "away" .*away\.sock No answer: There is no such socket/ })).toBeEnabled()
})

test('another engine is chosen with keys alone, and nothing of the old one stays', async ({ page }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).focus()
  await page.keyboard.press('Enter')
  await expect(row(page, /^context "second"/)).toBeVisible()
  await row(page, /^context "second"/).focus()
  await page.keyboard.press('Enter')
  await expect(inRail(page, 'only-of-two')).toBeVisible()
  await expect(page.getByText('only-of-one')).toHaveCount(0)
  await expect(page.getByRole('complementary').getByText('Second Engine')).toBeVisible()
})

test('the page waits with nothing of the old engine while the new one is slow, and leaves the old one\'s container', async ({ page }) => {
  await inRail(page, 'only-of-one').click()
  await expect(page).toHaveURL(/containers\//)
  let answer = (): void => {}
  engines.second.replies.set('/version', (_request, response) => {
    answer = () => response.writeHead(200).end(JSON.stringify(VERSION))
  })
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await row(page, /^context "second"/).click({ timeout: 15_000 })
  await expect(page.getByRole('complementary').getByText('Looking for it…')).toBeVisible()
  await expect(page.getByText('only-of-one')).toHaveCount(0)
  await expect(page).not.toHaveURL(/containers\//)
  engines.second.replies.set('/version', VERSION)
  answer()
  await expect(inRail(page, 'only-of-two')).toBeVisible()
})

test('an engine that does not answer is said to be the one that is asked, and the way back is there', async ({ page }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await row(page, /^context "away"/).click()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Choose an engine' })).toHaveCount(0)
  await expect(row(page, /^context "away" asked now/)).toBeVisible()
  await row(page, /^DOCKER_HOST/).click()
  await expect(inRail(page, 'only-of-one')).toBeVisible()
})

test('the list of engines is accessible, in the rail and on the engine\'s page', async ({ page, expectAccessible }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await expect(row(page, /^context "second"/)).toBeVisible()
  await expectAccessible()
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await expect(row(page, /^context "second"/)).toBeVisible()
  await expectAccessible()
})
