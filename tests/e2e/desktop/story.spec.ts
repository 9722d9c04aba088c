import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace-type'
import { docker } from '../../support/docker'
import { openTab } from '../app'
import { expect, test } from './desktop-app'

const run = promisify(execFile)

/** The first Electron that can write a tagged PDF, with its title among the document's facts. */
const WRITES_TAGS = 28

/** What the kernel and other programs say of the container now. The engine runs here, in this process's namespaces. */
async function askOracles(name: string): Promise<{ walls: [type: string, inside: string, host: string][], insideCount: number, hostname: string }> {
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', name)
  const namespaceOf = (process: string, type: string): string => readlinkSync(`/proc/${process}/ns/${type}`).replace(/\D/g, '')
  const processes = await docker('exec', name, 'ps', '-e', '-o', 'comm=')
  return {
    walls: NAMESPACE_TYPES.map(type => [type, namespaceOf(pid, type), namespaceOf('self', type)]),
    // `ps` lists itself too, which has gone when the page looks.
    insideCount: processes.split('\n').filter(command => command !== 'ps').length,
    hostname: await docker('exec', name, 'hostname'),
  }
}

const hostPids = (): string[] => readdirSync('/proc').filter(name => /^\d+$/.test(name))

/** Answers the next save dialogs as a person would who takes `path`, or who cancels. What was asked is kept in the main process. */
const answerSaveDialog = (app: ElectronApplication, path: string | null): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    Reflect.set(dialog, 'showSaveDialog', async (_window: unknown, options: unknown) => {
      Reflect.set(globalThis, 'askedToSave', options)
      return filePath === null ? { canceled: true, filePath: '' } : { canceled: false, filePath }
    })
  }, path)

const askedToSave = (app: ElectronApplication): Promise<unknown> => app.evaluate(() => Reflect.get(globalThis, 'askedToSave'))

async function pick(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

async function exportAs(page: Page, format: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${format}`) }).check()
  await page.getByRole('button', { name: `Export ${format}` }).click()
}

test('a person picks the container, sees its walls and counts, and keeps the report as PDF', async ({ launch, runtime, sample, folder }) => {
  test.setTimeout(120_000)
  const oracles = await askOracles(sample)
  const { app, page, console: heard, requests } = await launch()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  const before = hostPids()
  await pick(page, sample)
  const facts = page.getByRole('table', { name: 'The same things inside and on the host' })
  await expect(facts).toBeVisible()
  const after = hostPids()

  const verdicts = oracles.walls.map(([type, inside, host]): [string, string] => [type, inside === host ? 'host' : 'private'])
  await expect(page.getByRole('list', { name: 'The boundary: eight namespaces' }).getByRole('listitem')).toHaveText(verdicts.map(([type, verdict]) => `${type}${verdict}`))
  const [, insideCount, hostCount] = (await facts.getByRole('row', { name: /^Processes/ }).innerText()).split(/[\t\n]+/)
  expect(insideCount).toBe(String(oracles.insideCount))
  // Processes come and go on a machine that runs tests: what was there before and after was counted, and no more than all that were seen, and a few.
  const shownHostCount = Number(hostCount?.replace(/\D/g, ''))
  expect(shownHostCount).toBeGreaterThanOrEqual(before.filter(pid => after.includes(pid)).length - 2)
  expect(shownHostCount).toBeLessThanOrEqual(new Set([...before, ...after]).size + 10)

  const path = join(folder, 'report.pdf')
  await answerSaveDialog(app, path)
  const printing = app.evaluate(({ app: electronApp }) => new Promise((resolve) => {
    electronApp.once('browser-window-created', (_event, { webContents }) =>
      resolve(Reflect.apply(Reflect.get(webContents, 'getLastWebPreferences'), webContents, [])))
  }))
  await openTab(page, 'Report')
  await exportAs(page, 'PDF')
  await expect(page.getByText(`Saved as ${path}`)).toBeVisible({ timeout: 60_000 })
  expect(await askedToSave(app)).toMatchObject({
    defaultPath: expect.stringMatching(/^[^/\\]*nodeapp-container[^/\\]*\.pdf$/),
    filters: [{ name: 'PDF document', extensions: ['pdf'] }],
  })
  expect(await printing).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, javascript: false })
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)

  const text = (await run('pdftotext', ['-layout', path, '-'])).stdout.replace(/[\s\u202f]+/g, ' ')
  expect(text).toContain(sample)
  expect(text).toContain(oracles.hostname)
  expect(text).toContain(hostname())
  for (const [type, verdict] of verdicts)
    expect(text).toMatch(new RegExp(`\\b${type} ${verdict}\\b`))
  for (const [type, inside, host] of oracles.walls)
    expect(text, type).toMatch(new RegExp(`${inside}.{0,40}${host}`))
  expect(text).toContain(`How many processes are there? ${insideCount} processes ${hostCount} processes`)
  const info = (await run('pdfinfo', [path])).stdout
  const pages = info.match(/Pages:\s+(\d+)/)?.[1]
  expect(text).toContain(`Page 1 of ${pages}`)
  expect(text).toContain(`Page ${pages} of ${pages}`)
  expect(info).toMatch(/Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)/)
  if (Number.parseInt(runtime.version) >= WRITES_TAGS)
    expect(info).toMatch(new RegExp(`Title:.*${sample}[^]*Tagged:\\s+yes`))

  expect({ heard, elsewhere: requests.filter(address => !/^(app:\/\/isoscope\/|app:\/\/report\/|data:)/.test(address)) }).toEqual({ heard: [], elsewhere: [] })
})

for (const [format, extension, begins] of [
  ['HTML', 'html', '<!doctype html>'],
  ['Markdown', 'md', '# '],
  ['JSON', 'json', '{'],
] as const) {
  test(`the report as ${format} goes where the dialog says`, async ({ launch, sample, folder }) => {
    const { app, page } = await launch()
    const path = join(folder, `report.${extension}`)
    await answerSaveDialog(app, path)
    await pick(page, sample)
    await openTab(page, 'Report')
    await exportAs(page, format)
    await expect(page.getByText(`Saved as ${path}`)).toBeVisible()
    const written = readFileSync(path, 'utf8')
    expect(written.slice(0, begins.length).toLowerCase()).toBe(begins)
    expect(written).toContain(sample)
  })
}

test('a cancelled dialog saves nothing and says so', async ({ launch, sample, folder }) => {
  const { app, page } = await launch()
  await answerSaveDialog(app, null)
  await pick(page, sample)
  await openTab(page, 'Report')
  await exportAs(page, 'PDF')
  await expect(page.getByText('Nothing was saved.')).toBeVisible()
  expect(readdirSync(folder)).toEqual(['profile'])
})

test('a folder that cannot be written to is told with what to do', async ({ launch, sample, folder }) => {
  const { app, page } = await launch()
  await answerSaveDialog(app, join(folder, 'missing', 'report.html'))
  await pick(page, sample)
  await openTab(page, 'Report')
  await exportAs(page, 'HTML')
  await expect(page.getByText('Make the folder first, or choose another place.')).toBeVisible()
})
