import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './desktop-app'
import { connectionsToEngine, processTree, stillRunning } from './processes'

const listIsThere = (page: Page, sample: string): Promise<void> =>
  expect(page.getByRole('main').getByRole('row', { name: sample })).toBeVisible()

/** The engine's events are a connection that stays open for each list that somebody watches. */
const openConnections = (app: ElectronApplication) => () => connectionsToEngine(app.process().pid)

test('a reload ends the streams of the document before it', async ({ launch, sample }) => {
  const { app, page } = await launch()
  for (let reloads = 0; reloads < 3; reloads++) {
    await listIsThere(page, sample)
    await expect.poll(openConnections(app)).toBe(1)
    await page.reload()
  }
})

test('leaving for another container ends what the first one streamed', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  await page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
  await page.getByRole('link', { name: 'Processes' }).click()
  await page.goBack()
  await page.goBack()
  await listIsThere(page, sample)
  await expect.poll(openConnections(app)).toBe(1)
})

test('a page whose process crashes comes back with its list, and leaves no stream behind', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  await app.evaluate(({ BrowserWindow }) => new Promise<void>((resolve) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.once('did-finish-load', () => resolve())
    contents?.forcefullyCrashRenderer()
  }))
  const text = (): Promise<string> => app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'))
  await expect.poll(text).toContain(sample)
  await expect.poll(openConnections(app)).toBe(1)
})

test('a second start ends at once and brings the first one\'s window to the front', async ({ launch, launchAgain }) => {
  const { app } = await launch()
  const focused = await app.evaluateHandle(({ app: electronApp, BrowserWindow }) => {
    const seen = { starts: 0, focuses: 0 }
    electronApp.on('second-instance', () => { seen.starts += 1 })
    const [window] = BrowserWindow.getAllWindows()
    window?.hide()
    window?.on('show', () => { seen.focuses += 1 })
    return seen
  })
  expect(await launchAgain()).toBe(0)
  await expect.poll(() => focused.jsonValue()).toEqual({ starts: 1, focuses: 1 })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

for (const [how, end] of [
  ['closing the window', 'window.close()'],
  ['quitting', 'app.quit()'],
] as const) {
  test(`${how} leaves no process behind`, async ({ launch, sample }) => {
    const { app, page } = await launch()
    await listIsThere(page, sample)
    const pid = app.process().pid
    const processes = pid === undefined ? [] : processTree(pid)
    expect(processes.length).toBeGreaterThan(3)
    const ended = app.waitForEvent('close')
    await app.evaluate(({ app: electronApp, BrowserWindow }, what) => {
      // After this answer has gone back.
      setTimeout(() => what === 'app.quit()' ? electronApp.quit() : BrowserWindow.getAllWindows()[0]?.close())
    }, end)
    await ended
    await expect.poll(() => stillRunning(processes)).toEqual([])
  })
}

test('an exception that nobody caught is told in a window and on the terminal, and ends the program', async ({ launch }) => {
  const { app, stderr } = await launch()
  const ended = new Promise(resolve => app.process().once('exit', resolve))
  const told = await app.evaluate(({ dialog }) => new Promise<string>((resolve) => {
    dialog.showErrorBox = title => resolve(title)
    setTimeout(() => { throw new Error('thrown by the test') })
  }))
  expect({ told, code: await ended }).toEqual({ told: 'Isoscope has to close: it met an error of its own', code: 1 })
  expect(stderr()).toContain('isoscope: Error: thrown by the test\n    at ')
})

test('starts with the sample when asked to, and is told so by the page', async ({ launch }) => {
  const { page } = await launch('--sample')
  await expect(page.getByRole('heading', { name: 'nodeapp-container', level: 1 })).toBeVisible()
  await expect(page.getByText(/recording/i).first()).toBeVisible()
})
