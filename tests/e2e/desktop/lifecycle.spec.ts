import { docker } from '../../support/docker'
import { expect, test } from './desktop-app'
import { processTree, stillRunning } from './processes'

/** How many listen to the engine's events, by the engine's own count: each open container list is one. */
const eventListeners = async (): Promise<number> => Number(await docker('info', '--format', '{{.NEventsListener}}'))

test.beforeEach(async ({ sample }) => { expect(sample).toBe('nodeapp-container') })

test('a reload ends the streams of the document before it, and quitting ends them all', async ({ launch, sample }) => {
  const before = await eventListeners()
  const { app, page } = await launch()
  for (let reloads = 0; reloads < 3; reloads++) {
    await expect(page.getByRole('link', { name: sample }).first()).toBeVisible()
    await expect.poll(eventListeners).toBe(before + 1)
    await page.reload()
  }
  await app.close()
  await expect.poll(eventListeners).toBe(before)
})

test('a page whose process crashes comes back with its list, and leaves no stream behind', async ({ launch, sample }) => {
  const before = await eventListeners()
  const { app, page } = await launch()
  await expect(page.getByRole('link', { name: sample }).first()).toBeVisible()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  const text = (): Promise<string> => app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'))
  await expect.poll(text).toContain(sample)
  await expect.poll(eventListeners).toBe(before + 1)
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
    await expect(page.getByRole('link', { name: sample }).first()).toBeVisible()
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

test('starts with the sample when asked to, and is told so by the page', async ({ launch }) => {
  const { page } = await launch('--sample')
  await expect(page.getByRole('heading', { name: 'nodeapp-container', level: 1 })).toBeVisible()
  await expect(page.getByText(/recording/i).first()).toBeVisible()
})
