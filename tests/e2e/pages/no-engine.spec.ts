import { expect, sample, test } from '../app'

const NOWHERE = 'unix:///nonexistent/isoscope-test.sock'
test.use({ dockerHost: NOWHERE })

test.beforeEach(async ({ page, openApp }) => {
  await openApp()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
})

test('without an engine the page lists what was tried, with each answer, and how to start one', async ({ page }) => {
  await expect(page.getByRole('row', { name: /DOCKER_HOST/ })).toContainText(NOWHERE)
  await expect(page.getByRole('heading', { name: 'How to start Docker here' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Copy: / }).first()).toBeVisible()
})

test('looking again asks again, and stays when nothing has changed', async ({ page }) => {
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByRole('button', { name: 'Look again' })).toBeEnabled()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
})

test('the sample opens from here, and closing it leads back here', async ({ page }) => {
  await page.getByRole('main').getByRole('button', { name: 'Open the built-in sample' }).click()
  await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
  await page.getByRole('button', { name: 'Close the recording' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()
})

test('the page without an engine is accessible', async ({ expectAccessible }) => {
  await expectAccessible()
})
