import { expect, openTab, sample, test } from '../app'

test('the link opens the recording at once and leaves no token behind', async ({ page, openApp }) => {
  await openApp('sample')
  await expect(page.getByRole('status').filter({ hasText: 'Recording of' })).toContainText('nothing in it is live')
  expect(page.url()).not.toContain('token')
  await expect(page).toHaveTitle(`${sample.container.name} · Overview · Isoscope`)
})

test('every page of the recording says that it is one, and offers no second reading', async ({ page, openApp }) => {
  await openApp('sample')
  for (const name of await page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link').allTextContents()) {
    await openTab(page, name)
    await expect(page.getByText('Recording of')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Read again' })).toHaveCount(0)
  }
})

test('the recording survives a reload, on the page where it was', async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Processes')
  await expect(page).toHaveTitle(/Processes/)
  await page.reload()
  await expect(page.getByText('Recording of')).toBeVisible()
  await expect(page).toHaveTitle(`${sample.container.name} · Processes · Isoscope`)
})

test('a saved snapshot file opens in the same pages', async ({ page, openApp }) => {
  await openApp('sample')
  const saved = { ...sample, container: { ...sample.container, name: 'saved-elsewhere' } }
  await page.getByLabel('Snapshot file').setInputFiles({ name: 'saved.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(saved)) })
  await expect(page.getByRole('heading', { level: 1, name: 'saved-elsewhere' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Recording of' })).toContainText('UTC. This is a saved snapshot: nothing in it is live.')
})

test('in the smallest window each line over the page is one line', async ({ page, openApp }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await openApp('sample')
  const elsewhere = { ...sample, host: { ...sample.host, where: 'virtual-machine', proof: 'The engine’s kernel has another boot id than this one. '.repeat(3) } }
  await page.getByLabel('Snapshot file').setInputFiles({ name: 'elsewhere.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(elsewhere)) })
  const lines = page.getByRole('status').filter({ hasText: /^Recording of|^The host is/ })
  await expect(lines).toHaveCount(2)
  expect(await lines.evaluateAll(found => found.map(({ clientHeight }) => clientHeight))).toEqual([32, 32])
  await page.getByRole('button', { name: 'How do you know where the host is?' }).click()
  await expect(page.getByRole('dialog')).toContainText('another boot id')
})

test('a name that means harm is only text, and takes no room from the rest', async ({ page, openApp }) => {
  await openApp('sample')
  const name = '<img src=x onerror=alert(1)>\u202E{a|b}'.repeat(12)
  const hostile = { ...sample, container: { ...sample.container, name, image: name }, hostname: { inside: name, host: name } }
  await page.getByLabel('Snapshot file').setInputFiles({ name: 'hostile.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(hostile)) })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name.replaceAll('\u202E', '\\u202e'))
  await expect(page.getByRole('button', { name: /^Time namespace/ })).toBeInViewport({ ratio: 1 })
})

test('a file that is no snapshot is refused with what is wrong and what to do', async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByLabel('Snapshot file').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"format":2}') })
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('other.json is no Isoscope snapshot of format 1')
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('Choose a file that')
  await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
})

test('the chosen theme is kept', async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByRole('group', { name: 'Theme' }).getByText('dark').check({ force: true })
  await page.reload()
  await expect(page.getByRole('radio', { name: 'dark' })).toBeChecked()
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
})

test('the first key leads past the rail to the page', async ({ page, openApp }) => {
  await openApp('sample')
  await page.getByRole('link', { name: 'Skip to the page' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
