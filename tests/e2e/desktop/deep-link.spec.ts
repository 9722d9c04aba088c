import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { docker } from '../../support/docker'
import { expect, test } from './desktop-app'

const SAVED = 'renderer/client/sample/nodeapp-container.json'

const idOf = (container: string): Promise<string> => docker('inspect', '--format', '{{.Id}}', container)

const windowCount = (app: ElectronApplication): Promise<number> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('a link opens its container, by the first start', async ({ launch, sample }) => {
  const id = await idOf(sample)
  const { page } = await launch(`isoscope://container/${id.slice(0, 12)}`)
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`#/containers/${id}/overview$`))
})

test('a link opens its container in the window that is there', async ({ launch, launchAgain, sample }) => {
  const { app, page } = await launch()
  expect(await launchAgain(`isoscope://container/${await idOf(sample)}`)).toBe(0)
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
  expect(await windowCount(app)).toBe(1)
})

test('a thousand links open one window, which shows the last', async ({ launch, sample }) => {
  const { app, page } = await launch()
  const id = await idOf(sample)
  await app.evaluate(({ app: electronApp }, last) => {
    for (let count = 0; count < 1_000; count++)
      electronApp.emit('open-url', { preventDefault() {} }, `isoscope://container/${String(count).padStart(12, '0')}`)
    electronApp.emit('open-url', { preventDefault() {} }, `isoscope://container/${last}`)
  }, id)
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
  expect(await windowCount(app)).toBe(1)
})

test('whatever is no link of this kind opens nothing', async ({ launch }) => {
  const { app, page } = await launch()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  const before = page.url()
  await app.evaluate(({ app: electronApp }) => {
    for (const link of ['file:///etc/passwd', 'javascript:alert(1)', 'isoscope://container/../../etc/passwd', 'isoscope://container/0123456789AB', `isoscope://${'a'.repeat(1024 * 1024)}`])
      electronApp.emit('open-url', { preventDefault() {} }, link)
  })
  // Answered after them.
  await page.evaluate(() => fetch('app://isoscope/index.html').then(response => response.text()))
  expect({ url: page.url(), windows: await windowCount(app) }).toEqual({ url: before, windows: 1 })
})

test('a saved snapshot on the command line of a second start opens in the window that is there', async ({ launch, launchAgain, folder }) => {
  const file = join(folder, 'kept.isoscope.json')
  copyFileSync(SAVED, file)
  const { page } = await launch()
  expect(await launchAgain(file)).toBe(0)
  await expect(page.getByText('This is a saved snapshot: nothing in it is live.')).toBeVisible()
})

test('a second start may ask for the sample', async ({ launch, launchAgain }) => {
  const { page } = await launch()
  expect(await launchAgain('--sample')).toBe(0)
  await expect(page.getByText('This is the sample that comes with Isoscope: nothing in it is live.')).toBeVisible()
})

test('a file that is no snapshot is told by the page, and one that is not there in a window', async ({ launch, launchAgain, folder }) => {
  writeFileSync(join(folder, 'other.json'), '{"not":"a snapshot"}')
  const { app, page } = await launch()
  expect(await launchAgain(join(folder, 'other.json'))).toBe(0)
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('other.json is no Isoscope snapshot')
  const told = app.evaluate(({ dialog }) => new Promise((resolve) => {
    Reflect.set(dialog, 'showMessageBox', async (_window: unknown, options: unknown) => {
      resolve(Reflect.get(Object(options), 'message'))
      return { response: 0, checkboxChecked: false }
    })
  }))
  await app.evaluate(() => {})
  expect(await launchAgain(join(folder, 'none.json'))).toBe(0)
  expect(await told).toBe('none.json is not there, or is no ordinary file.')
})
