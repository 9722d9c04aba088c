import { expect, openTab, sample, test } from '../app'

const { files } = sample

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Files')
  await expect(page.getByRole('list', { name: 'Names in / inside' })).toBeVisible()
})

test('the same names face each other, and a name of one side alone says so', async ({ page }) => {
  const inside = page.getByRole('list', { name: 'Names in / inside' })
  const host = page.getByRole('list', { name: 'Names in / on the host' })
  const both = files.rootInside?.find(({ name }) => files.rootHost?.some(other => other.name === name))?.name ?? ''
  const left = await inside.getByText(both, { exact: true }).boundingBox()
  const right = await host.getByText(both, { exact: true }).boundingBox()
  expect(left?.y).toBe(right?.y)
  const alone = files.rootInside?.filter(({ name }) => !files.rootHost?.some(other => other.name === name)) ?? []
  for (const { name } of alone)
    await expect(inside.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })).toContainText('only inside')
})

test('both counts of names are told', async ({ page }) => {
  await expect(page.getByRole('definition').filter({ hasText: new RegExp(`^${files.rootInside?.length}$`) })).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: new RegExp(`^${files.rootHost?.length}$`) })).toBeVisible()
})

test('a recording offers no tree, and says why', async ({ page }) => {
  await expect(page.getByRole('tab', { name: 'Tree' })).toHaveCount(0)
  await expect(page.getByText('A recording holds the names in / and no folder below')).toBeVisible()
})

test('changes are narrowed by kind and by a part of their path', async ({ page }) => {
  await page.getByRole('tab', { name: 'Changes' }).click()
  const table = page.getByRole('table', { name: 'What changed since the image' })
  const [first] = files.changes?.added ?? []
  await expect(table.getByRole('row')).toHaveCount(1 + (files.changes?.added.length ?? 0) + (files.changes?.changed.length ?? 0) + (files.changes?.deleted.length ?? 0))
  await page.getByRole('radio', { name: /^Added/ }).check()
  await expect(table.getByRole('row')).toHaveCount(1 + (files.changes?.added.length ?? 0))
  await page.getByRole('searchbox', { name: 'Part of a path' }).fill(first ?? '')
  await expect(table.getByRole('row')).toHaveCount(1 + (files.changes?.added.filter(path => path.includes(first ?? '')).length ?? 0))
  await page.getByRole('searchbox', { name: 'Part of a path' }).fill('no such path')
  await expect(page.getByText('Nothing matches')).toBeVisible()
})

test('sizes are drawn, and a folder is opened and left with the keyboard', async ({ page }) => {
  await page.getByRole('tab', { name: 'Sizes' }).click()
  await expect(page.locator('[data-ready=true] svg')).toBeVisible()
  const list = page.getByRole('grid', { name: 'What is in /, by size' })
  const largest = [...files.sizeTree?.children ?? []].sort((a, b) => b.sizeBytes - a.sizeBytes)[0]?.name ?? ''
  await list.getByRole('row', { name: new RegExp(`^${largest}/`) }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: `What is in /${largest}, by size` })).toBeVisible()
  await page.getByRole('navigation', { name: 'The folder that is drawn' }).getByRole('button', { name: '/', exact: true }).click()
  await expect(list).toBeVisible()
})

test('the chart of sizes has a table of the same', async ({ page }) => {
  await page.getByRole('tab', { name: 'Sizes' }).click()
  await page.getByRole('button', { name: 'Table: Sizes below /' }).click()
  const [first] = files.sizeTree?.children ?? []
  await expect(page.getByRole('table', { name: 'Sizes below /' }).getByRole('row', { name: new RegExp(`^${first?.name}`) })).toBeVisible()
})

test('a chosen mount tells its options', async ({ page }) => {
  await page.getByRole('tab', { name: 'Mounts' }).click()
  const mount = files.mounts.find(({ destination }) => destination === '/proc')
  await page.getByRole('row', { name: /^\/proc proc/ }).click()
  await expect(page.getByRole('definition').filter({ hasText: mount?.options ?? '' })).toBeVisible()
})

for (const part of ['Two roots', 'Changes', 'Sizes', 'Mounts']) {
  test(`axe finds nothing in the part ${part}`, async ({ page, expectAccessible }) => {
    await page.getByRole('tab', { name: part }).click()
    await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true')
    await expectAccessible()
  })
}
