import { expect, test } from '../app'

const card = 'Before you look'

test('before the first list a card says what is read; once put away it never comes again', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  const welcome = page.getByRole('region', { name: card })
  await expect(welcome.getByRole('term')).toHaveText(['What is read', 'Nothing is changed unasked', 'Nothing leaves this machine'])
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  await expectAccessible()

  await welcome.getByRole('button', { name: 'Understood' }).focus()
  await page.keyboard.press('Enter')
  await expect(welcome).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  await expect(welcome).toHaveCount(0)
})

test('who opens the sample is not asked to read anything first', async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: /^Containers/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  await expect(page.getByRole('region', { name: card })).toHaveCount(0)
})
