import type { Page } from '@playwright/test'
import { expect, openTab, sample, test } from '../app'

const open = (page: Page): Promise<void> => page.getByRole('link', { name: 'Preferences' }).click()

test('the theme is chosen here and in the rail, and is kept', async ({ page, openApp }) => {
  await openApp('sample')
  await open(page)
  await page.getByRole('main').getByRole('radio', { name: 'Dark' }).check()
  await expect(page.getByRole('complementary').getByRole('radio', { name: 'dark' })).toBeChecked()
  await page.reload()
  await expect(page.getByText('Recording of')).toBeVisible()
  await expect(page.getByRole('main').getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
})

test('the report page begins masked when that is preferred', async ({ page, openApp }) => {
  await openApp('sample')
  await open(page)
  await page.getByRole('checkbox', { name: /^Begin with names and addresses masked/ }).check()
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: sample.container.name }).click()
  await openTab(page, 'Report')
  await expect(page.getByRole('checkbox', { name: /^Mask names and addresses/ })).toBeChecked()
})

test('the preferences are accessible, and work with keys alone', async ({ page, openApp, expectAccessible }) => {
  await openApp('sample')
  await page.getByRole('link', { name: 'Preferences' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Preferences' })).toBeVisible()
  await page.getByRole('main').getByRole('radio', { name: 'As the system' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('main').getByRole('radio', { name: 'Light' })).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await expectAccessible()
})
