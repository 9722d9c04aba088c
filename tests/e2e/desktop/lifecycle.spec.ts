import type { ElectronApplication, JSHandle } from '@playwright/test'
import { expect, test } from './desktop-app'
import { connectionsToEngine, processTree, stillRunning } from './processes'
import { isShown, listIsThere } from './until-there'

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
  // The view comes from a file of its own: to go back before it is there would go back from the one before.
  await expect(page.getByRole('grid', { name: 'Processes inside the container' })).toBeVisible()
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

/** Answers every box with this button, and keeps what was asked. */
const answerBoxes = (app: ElectronApplication, button: number): Promise<JSHandle<string[]>> => app.evaluateHandle(({ dialog }, response) => {
  const asked: string[] = []
  Reflect.set(dialog, 'showMessageBox', async (_window: unknown, options: unknown) => {
    asked.push(String(Reflect.get(Object(options), 'message')))
    return { response, checkboxChecked: false }
  })
  return asked
}, button)

const killPage = async (app: ElectronApplication): Promise<void> => {
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  if (pid)
    process.kill(pid, 'SIGKILL')
}

/** Does this, and waits until the window has loaded a document because of it. Scripts sent to a page before that may never be answered. */
async function untilLoaded(app: ElectronApplication, act: () => Promise<unknown>): Promise<void> {
  const next = await app.evaluateHandle(({ BrowserWindow }) => {
    const loaded = new Promise<void>((resolve) => {
      BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => resolve())
    })
    return { loaded }
  })
  await act()
  await next.evaluate(({ loaded }) => loaded)
}

const addressOfPage = (app: ElectronApplication): Promise<string | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())

const textOfPage = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'))

test('a page whose process is killed comes back with the same view; killed again soon after, the person decides', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  await page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()
  await page.getByRole('link', { name: 'Security' }).click()
  await expect(page).toHaveURL(/\/security$/)
  const before = page.url()
  const asked = await answerBoxes(app, 1)
  await untilLoaded(app, () => killPage(app))
  await expect.poll(() => textOfPage(app)).toContain(sample)
  expect({ address: await addressOfPage(app), asked: await asked.jsonValue() }).toEqual({ address: before, asked: [] })

  const ended = app.waitForEvent('close')
  // Its answer is to close Isoscope, which is how the test sees that it was asked: nothing else ends the program here.
  await killPage(app)
  await ended
})

test('a page that does not answer is waited for, or loaded again, as the person says', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  const asked = await answerBoxes(app, 0)
  const hang = (): Promise<void> => app.evaluate(({ BrowserWindow }) => {
    // Chromium itself says so after half a minute.
    BrowserWindow.getAllWindows()[0]?.webContents.emit('unresponsive')
  })
  page.evaluate(() => {
    for (;;);
  }).catch(() => {})
  await hang()
  await expect.poll(() => asked.jsonValue()).toEqual(['The page does not answer.'])
  const pidAfterWaiting = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  await answerBoxes(app, 1)
  await untilLoaded(app, hang)
  await expect.poll(() => textOfPage(app)).toContain(sample)
  const pidAfter = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
  expect({ waited: pidAfterWaiting === pid, isAnother: pidAfter !== pid }).toEqual({ waited: true, isAnother: true })
})

test('a second start ends at once and brings the first one\'s window to the front', async ({ launch, launchAgain, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  await isShown(app)
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
