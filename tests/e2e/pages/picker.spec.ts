import { expect, sample, test } from '../app'

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: /^Containers/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
})

test('the picker has the columns of docker ps', async ({ page }) => {
  await expect(page.getByRole('columnheader')).toHaveText([/Name/, /Status/, /Image/, /Command/, /Created/, /Ports/, /ID/])
  const row = page.getByRole('row', { name: sample.container.name })
  await expect(row).toContainText(sample.container.image)
  await expect(row).toContainText(sample.container.status)
  await expect(row).toContainText(sample.container.id.slice(0, 12))
})

test('a slash goes to the search, which says when nothing matches, and Enter opens what does', async ({ page }) => {
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Find a container' })).toBeFocused()
  await page.keyboard.type('nothing like this')
  await expect(page.getByText('No container matches “nothing like this”')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find a container' }).fill(sample.container.name.slice(0, 4).toUpperCase())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
})

test('a row opens with the keyboard', async ({ page }) => {
  await page.getByRole('row', { name: sample.container.name }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/containers/${sample.container.id}/overview$`))
})

test('the picker and the engine page are accessible', async ({ page, expectAccessible }) => {
  await expectAccessible()
  await page.getByRole('link', { name: /^Engine/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Engine' })).toBeVisible()
  await expectAccessible()
})
