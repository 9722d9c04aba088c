import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { docker } from '../../support/docker'
import { expect, test } from './desktop-app'

const RECORDING = resolve('renderer/client/sample/nodeapp-container.json')

async function pick(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** What File ▸ Open Recent lists, without the entry that clears it. */
const recent = (app: ElectronApplication) => (): Promise<string[] | undefined> => app.evaluate(({ Menu }) =>
  Menu.getApplicationMenu()?.getMenuItemById('openRecent')?.submenu?.items.filter(({ id }) => id?.startsWith('recent.')).map(({ label }) => label))

const choose = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id)

/** Answers the next open dialog as a person would who takes `path`. */
const answerOpenDialog = (app: ElectronApplication, path: string): Promise<void> => app.evaluate(({ dialog }, chosen) => {
  Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [chosen] }))
}, path)

test('the window is named after what it shows', async ({ launch, sample }) => {
  const { app, page } = await launch()
  const title = (): Promise<string | undefined> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  await expect.poll(title).toBe('Containers · Isoscope')
  await pick(page, sample)
  await expect.poll(title).toBe(`${sample} · Overview · Isoscope`)
})

test('containers that were shown are in Open Recent, after a restart too, and Clear Menu forgets them', async ({ launch, sample, folder }) => {
  const id = await docker('inspect', '--format', '{{.Id}}', sample)
  const first = await launch()
  await pick(first.page, sample)
  await expect.poll(recent(first.app)).toEqual([sample])
  await choose(first.app, 'openSample')
  await expect(first.page.getByText('Recording of')).toBeVisible()
  expect(await recent(first.app)()).toEqual([sample])
  await choose(first.app, `recent.${id}`)
  await expect(first.page.getByText('Recording of')).toHaveCount(0)
  await expect(first.page).toHaveURL(new RegExp(`/containers/${id}/overview$`))
  await first.app.close()

  const second = await launch()
  await expect.poll(recent(second.app)).toEqual([sample])
  await choose(second.app, 'clearRecent')
  expect(await recent(second.app)()).toEqual([])
  await expect.poll(() => JSON.parse(readFileSync(join(folder, 'profile/recent-containers.json'), 'utf8'))).toEqual([])
})

test('the task bar shows that a container is being read, and that it was', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await expect(page.getByRole('main').getByRole('row', { name: sample })).toBeVisible()
  const shown = await app.evaluateHandle(({ BrowserWindow }) => {
    const values: number[] = []
    const [window] = BrowserWindow.getAllWindows()
    if (window)
      Reflect.set(window, 'setProgressBar', (value: number) => values.push(value))
    return values
  })
  await pick(page, sample)
  await expect.poll(() => shown.jsonValue()).toEqual([2, -1])
})

test('File ▸ Open shows a saved snapshot, and says what is wrong with another file', async ({ launch, folder }) => {
  const { app, page } = await launch()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  await answerOpenDialog(app, RECORDING)
  await choose(app, 'openSnapshot')
  await expect(page.getByRole('heading', { level: 1, name: 'nodeapp-container' })).toBeVisible()
  await expect(page.getByText('This is a saved snapshot')).toBeVisible()

  const other = join(folder, 'other.isoscope.json')
  writeFileSync(other, '{"format":2}')
  await answerOpenDialog(app, other)
  await choose(app, 'openSnapshot')
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('other.isoscope.json is no Isoscope snapshot of format 1')
})

test('a file that cannot be read is told in a window', async ({ launch, folder }) => {
  const { app } = await launch()
  const told = await app.evaluateHandle(({ dialog }) => {
    const messages: string[] = []
    Reflect.set(dialog, 'showMessageBox', async (_window: unknown, { message }: { message: string }) => {
      messages.push(message)
      return { response: 0, checkboxChecked: false }
    })
    return messages
  })
  await answerOpenDialog(app, join(folder, 'gone.isoscope.json'))
  await choose(app, 'openSnapshot')
  await expect.poll(() => told.jsonValue()).toEqual(['gone.isoscope.json is not there, or is no ordinary file.'])
})

test('a snapshot that is dropped on the window opens', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.isoscope.json', { type: 'application/json' }))
    return data
  }, readFileSync(RECORDING, 'utf8'))
  await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByText('This is a saved snapshot')).toBeVisible()
})

test('a recent container that is gone by now is said to be, with the way back', async ({ launch, folder }) => {
  const gone = { id: '0'.repeat(64), name: 'gone & away', engine: process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock' }
  mkdirSync(join(folder, 'profile'))
  writeFileSync(join(folder, 'profile/recent-containers.json'), JSON.stringify([gone]))
  const { app, page } = await launch()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  await expect.poll(recent(app)).toEqual(['gone && away'])
  await choose(app, `recent.${gone.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'This container could not be read' })).toBeVisible()
  await page.getByRole('link', { name: 'All containers' }).click()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
})
