import { expect, test } from '../app'

for (const key of ['?', 'F1']) {
  test(`${key} lists the keys of the page, and Escape goes back to where one was`, async ({ page, openApp }) => {
    await openApp('sample')
    const tab = page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: 'Files' })
    await tab.focus()
    await page.keyboard.press(key)
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(sheet.getByRole('heading', { level: 3, name: /^(Anywhere|List of containers|Tables and trees|Parts of a page)$/ })).toHaveCount(4)
    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
    await expect(tab).toBeFocused()
  })
}

test('a question mark that is typed into the search stays there', async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: /^Containers/ }).click()
  await page.getByRole('searchbox', { name: 'Find a container' }).pressSequentially('a?')
  await expect(page.getByRole('searchbox', { name: 'Find a container' })).toHaveValue('a?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the list of keys is accessible, and opens from the rail', async ({ page, openApp, expectAccessible }) => {
  await openApp('sample')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toBeInViewport({ ratio: 1 })
  await expectAccessible()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(sheet).toHaveCount(0)
})
