import { docker } from '../../support/docker'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, openTab, sample, test } from '../app'
import type { Page } from '@playwright/test'

let plain: StartedContainer
let limited: StartedContainer
let twin: StartedContainer
let stopped: StartedContainer
let gone: StartedContainer

test.beforeAll(async () => {
  const image = await ensureBusyboxImage()
  const start = (name: string, flags: readonly string[]): Promise<StartedContainer> => startContainer({ name: `compare-${name}`, image, flags, command: ['sleep', '1000'] })
  plain = await start('plain', [])
  twin = await start('twin', [])
  limited = await start('limited', ['--memory', '64m', '--cap-drop', 'ALL'])
  // Without an interface: one that comes or goes makes a browser give up what it loads.
  gone = await start('gone', ['--network', 'none'])
  stopped = await start('stopped', ['--network', 'none'])
  await docker('kill', stopped.name)
})
test.afterAll(removeAll)

/** The comparison page of a container of the engine. */
async function openCompare(page: Page, { name }: StartedContainer): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await openTab(page, 'Compare')
  await expect(page.getByText('Choose what to compare with')).toBeVisible()
}

const choose = async (page: Page, { name }: StartedContainer): Promise<void> => {
  await page.getByLabel('Compare with').selectOption({ label: `${name}, running` })
}
const sum = (page: Page): ReturnType<Page['locator']> => page.getByRole('main').getByRole('status').filter({ hasText: 'the same' })
const row = (page: Page, table: string, what: string): ReturnType<Page['locator']> =>
  page.getByRole('table', { name: table, exact: true }).getByRole('row').filter({ has: page.getByRole('rowheader', { name: `${what} (` }) })

test('two containers differ in what their flags do, and in nothing else', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openCompare(page, plain)
  await choose(page, limited)
  await expect(sum(page)).toContainText(/^\d+ differences, 0 not known of both, \d+ the same/)
  await expect(row(page, 'Limits', 'memory').getByRole('cell')).toHaveText(['unlimited', '64 MiB'])
  const effective = row(page, 'Rights', 'effective capabilities').getByRole('cell')
  await expect(effective.first().getByRole('listitem')).toHaveText((await docker('exec', plain.name, 'grep', 'CapEff', '/proc/self/status')).endsWith('00000000a80425fb')
    ? ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP']
    : [])
  await expect(effective.last()).toHaveText('nothing that the other has not')
  await expect(page.getByRole('table', { name: 'Namespaces' })).toHaveCount(0)
  await expectAccessible()
})

test('what is the same is shown on request, by the keyboard', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openCompare(page, plain)
  await choose(page, twin)
  await expect(page.getByText('Nothing differs')).toBeVisible()
  await expect(sum(page)).toContainText(/^0 differences, 0 not known of both, \d+ the same, 2 that each container is given anew\.$/)
  await page.getByRole('radio', { name: 'Only differences' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Everything' })).toBeChecked()
  await expect(row(page, 'Namespaces', 'pid namespace').getByRole('cell')).toHaveText(['private', 'private'])
  await expect(row(page, 'Network and names', 'hostname').getByRole('cell')).toHaveText([plain.id.slice(0, 12), twin.id.slice(0, 12)])
  await expectAccessible()
})

test('a container is compared with itself as it was read before', async ({ page, openApp }) => {
  await openApp()
  await openCompare(page, twin)
  await expect(page.getByLabel('Compare with').getByRole('option', { name: /^This container, as read at/ })).toHaveCount(0)
  await docker('exec', twin.name, 'touch', '/made')
  await page.getByRole('button', { name: 'Read again' }).click()
  const before = page.getByLabel('Compare with').getByRole('option', { name: /^This container, as read at/ })
  await expect(before).toHaveCount(1)
  await page.getByLabel('Compare with').selectOption('before')
  await expect(row(page, 'Files', 'changed since the image').getByRole('cell')).toHaveText(['A /made', 'nothing that the other has not'])
  await docker('exec', twin.name, 'rm', '/made')
})

test('what a stopped container does not have in force is unknown, and says why', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openCompare(page, plain)
  await page.getByLabel('Compare with').selectOption({ label: `${stopped.name}, exited` })
  const seccomp = row(page, 'Rights', 'seccomp').getByRole('cell')
  await expect(seccomp).toHaveText(['filter', 'unknown'])
  await seccomp.last().getByRole('button', { name: 'unknown' }).click()
  await expect(page.getByRole('dialog')).toContainText('the container is not running')
  await page.keyboard.press('Escape')
  await expectAccessible()
})

test('a container that has gone is said to be, and another can be chosen', async ({ page, openApp }) => {
  await openApp()
  await openCompare(page, plain)
  const option = page.getByLabel('Compare with').getByRole('option', { name: gone.name })
  await expect(option).toHaveCount(1)
  await choose(page, gone)
  await expect(sum(page)).toBeVisible()
  await docker('rm', '--force', gone.name)
  await expect(option).toHaveCount(0)
  // What was read of it stays.
  await expect(sum(page)).toBeVisible()
  await expect(page.getByLabel('Compare with').locator('option:checked')).toHaveText(`${gone.id.slice(0, 12)}, which has gone`)
  await choose(page, twin)
  await expect(page.getByText('Nothing differs')).toBeVisible()
})

const limitedSample = { ...sample, container: { ...sample.container, id: 'ab'.repeat(32), name: 'saved-elsewhere' }, cgroup: { ...sample.cgroup, memory: { ...sample.cgroup.memory, limitBytes: 64 * 2 ** 20 } } }
const asFile = (name: string, content: unknown): { name: string, mimeType: string, buffer: Buffer } => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) })

test('a recording is compared with a saved snapshot alone', async ({ page, openApp, expectAccessible }) => {
  await openApp('sample')
  await openTab(page, 'Compare')
  await expect(page.getByLabel('Compare with')).toHaveCount(0)
  const file = page.getByLabel('Saved snapshot as B')
  await file.setInputFiles(asFile('other.json', { format: 2 }))
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('other.json is no Isoscope snapshot of format 1')
  await expectAccessible()
  await file.setInputFiles(asFile('saved.isoscope.json', limitedSample))
  await expect(row(page, 'Limits', 'memory').getByRole('cell').last()).toHaveText('64 MiB')
  await expect(page.getByLabel('Compare with').locator('option:checked')).toHaveText('saved.isoscope.json')
})

test('in the smallest window the tabs are one line, and nothing is wider than the page', async ({ page, openApp, expectAccessible }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await openApp('sample')
  await openTab(page, 'Compare')
  await page.getByLabel('Saved snapshot as B').setInputFiles(asFile(`${'long-name-'.repeat(20)}.json`, limitedSample))
  await page.getByRole('radio', { name: 'Everything' }).check()
  await expect(row(page, 'Namespaces', 'pid namespace')).toBeVisible()
  const tabs = page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('listitem')
  expect(new Set(await tabs.evaluateAll(found => found.map(tab => tab.getBoundingClientRect().top))).size).toBe(1)
  expect(await page.getByRole('main').evaluate(main => [...main.querySelectorAll('.page, .sides, table')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length)).toBe(0)
  await expectAccessible()
})
