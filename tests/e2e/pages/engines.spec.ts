import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { addContext } from '../../support/docker-config'
import { type FakeEngine, listed, startFakeEngine } from '../../support/fake-engine'
import { expect, test } from '../app'

// The same in each process that reads this file: the host is started with it.
const FOLDER = join(tmpdir(), 'isoscope-e2e-engines')
const ONE = join(FOLDER, 'one.sock')
const TWO = join(FOLDER, 'two.sock')
process.env['DOCKER_CONFIG'] = join(FOLDER, 'docker')
test.use({ dockerHost: `unix://${ONE}` })

const VERSION = { Version: '27.2.0', ApiVersion: '1.46', MinAPIVersion: '1.24', Platform: { Name: 'Second Engine' } }

let engines: FakeEngine[]
test.beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  addContext(join(FOLDER, 'docker'), 'second', { Host: `unix://${TWO}` })
  addContext(join(FOLDER, 'docker'), 'away', { Host: `unix://${join(FOLDER, 'away.sock')}` })
  engines = [
    await startFakeEngine({ '/containers/json': [listed('only-of-one')] }, ONE),
    await startFakeEngine({ '/version': VERSION, '/containers/json': [listed('only-of-two')] }, TWO),
  ]
})
test.afterAll(async () => {
  await Promise.all(engines.map(engine => engine.end()))
  rmSync(FOLDER, { recursive: true, force: true })
})

const inRail = (page: Page, name: string) => page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name })
const row = (page: Page, name: string | RegExp) => page.getByRole('list', { name: 'Endpoints' }).getByRole('button', { name })

test.beforeEach(async ({ page, openApp }) => {
  await openApp()
  await expect(inRail(page, 'only-of-one')).toBeVisible()
})
/** The host keeps a choice, also for the next test. */
test.afterEach(async ({ page }) => {
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await page.getByRole('button', { name: 'Choose as the docker command does' }).click()
  await expect(inRail(page, 'only-of-one')).toBeVisible()
})

test('the list says of each endpoint how it does, and which is asked now', async ({ page }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  const list = page.getByRole('dialog', { name: 'Choose an engine' })
  await expect(list.getByRole('button', { name: /^DOCKER_HOST asked now .*one\.sock Answers, \d+ ms: Docker Engine - Community 27\.0\.0, API 1\.46/ })).toBeDisabled()
  await expect(list.getByRole('button', { name: /^context "second" .*two\.sock Answers, \d+ ms: Second Engine 27\.2\.0, API 1\.46/ })).toBeEnabled()
  await expect(list.getByRole('button', { name: /^context "away" .*away\.sock No answer: .*there is no such socket/ })).toBeEnabled()
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
  engines[1]?.replies.set('/version', (_request, response) => {
    answer = () => response.writeHead(200).end(JSON.stringify(VERSION))
  })
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await row(page, /^context "second"/).click({ timeout: 15_000 })
  await expect(page.getByRole('complementary').getByText('Looking for it…')).toBeVisible()
  await expect(page.getByText('only-of-one')).toHaveCount(0)
  await expect(page).not.toHaveURL(/containers\//)
  engines[1]?.replies.set('/version', VERSION)
  answer()
  await expect(inRail(page, 'only-of-two')).toBeVisible()
})

test('another tab of the same host follows', async ({ page, hostName, host }) => {
  test.skip(hostName === 'desktop', 'the desktop has one window')
  const other = await host.openPage({})
  await other.open()
  await expect(inRail(other.page, 'only-of-one')).toBeVisible()
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await row(page, /^context "second"/).click()
  await expect(inRail(other.page, 'only-of-two')).toBeVisible()
  await expect(other.page.getByText('only-of-one')).toHaveCount(0)
  await other.close()
})

test('an engine that does not answer is said to be the one that is asked, and the way back is there', async ({ page }) => {
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await row(page, /^context "away"/).click()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
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
