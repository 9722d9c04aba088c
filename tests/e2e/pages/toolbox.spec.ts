import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage, ensureStaticImage } from '../../support/test-images'
import { expect, openTab, test } from '../app'

let image: string
let silent: StartedContainer
let spoken: StartedContainer
test.beforeAll(async () => {
  image = await ensureBusyboxImage();
  [silent, spoken] = await Promise.all([
    startContainer({ name: 'toolbox-silent', image: await ensureStaticImage(), flags: ['--network=none', '--user=1000:1000'], command: ['/sleep', '10000'] }),
    startContainer({ name: 'toolbox-spoken', image, flags: ['--network=none'], command: ['sleep', '10000'] }),
  ])
})
test.afterAll(removeAll)

async function openShell(page: Page, { name }: StartedContainer): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await openTab(page, 'Shell')
}

const rows = (page: Page): Locator => page.locator('.xterm-rows')
const state = (page: Page): Locator => page.getByRole('tabpanel').getByRole('status')
/** Toolboxes that are in the container's PID namespace; one that goes while it is asked for is one still. */
async function beside({ id }: StartedContainer): Promise<string> {
  const ids = await docker('ps', '--all', '--quiet', '--no-trunc', '--filter', 'label=io.isoscope.temporary=toolbox')
  if (ids === '')
    return ''
  const modes = await docker('inspect', '--format', '{{.Id}} {{.HostConfig.PidMode}}', ...ids.split('\n')).catch(() => `going container:${id}`)
  return modes.split('\n').filter(line => line.endsWith(`container:${id}`)).map(line => line.split(' ')[0]).join('\n')
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command)
  await page.keyboard.press('Enter')
}

test('a container without a shell is looked at through a toolbox, which is in the list as one and gone with its tab', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openShell(page, silent)
  await page.getByRole('button', { name: 'Open a toolbox…' }).click()
  await expect(page.getByRole('heading', { name: `Open a toolbox beside ${silent.name}` })).toBeVisible()
  const field = page.getByRole('combobox', { name: 'Image with the tools' })
  await expect(field).not.toHaveValue('')
  await field.fill(image)
  await expect(page.getByText(/The engine has it/)).toBeVisible()
  await expect(page.locator('code')).toContainText('--user 1000:1000 -e \'PS1=$PWD \\$ \' --label io.isoscope.temporary=toolbox')
  await expect(page.locator('code')).toContainText(`--network container:${silent.name} --pid container:${silent.name} --cap-drop ALL --entrypoint sh ${image} -c 'cd /proc/1/root`)
  await expect(page.getByText('Not joined: the container was run with an IPC namespace that nobody can join')).toBeVisible()
  await expect(page.getByText('User and group 1000:1000, as the container’s first process; no capability.')).toBeVisible()
  await expectAccessible()
  expect(await beside(silent)).toBe('')
  await page.getByRole('button', { name: 'Run the toolbox' }).click()
  await expect(state(page)).toHaveText('Open.')
  await run(page, 'ls; id -u; hostname')
  await expect(rows(page)).toContainText('sleep')
  await expect(rows(page)).toContainText('1000')
  await expectAccessible()
  const box = await beside(silent)
  expect(box).toMatch(/^[0-9a-f]{64}$/)
  await page.getByRole('link', { name: /^Containers/ }).click()
  const entry = page.getByRole('main').getByRole('row', { name: await docker('inspect', '--format', '{{slice .Name 1}}', box) })
  await expect(entry).toContainText('toolbox')
  await openShell(page, silent)
  await page.getByRole('tab', { name: 'toolbox 1' }).click()
  await page.getByRole('button', { name: 'Close toolbox 1' }).click()
  await expect(page.getByRole('heading', { name: 'Open a terminal in' })).toBeVisible()
  await expect.poll(() => beside(silent)).toBe('')
})

test('an image without a shell is refused in plain words, and another one can be chosen', async ({ page, openApp }) => {
  await openApp()
  await openShell(page, silent)
  await page.getByRole('button', { name: 'Open a toolbox…' }).click()
  const field = page.getByRole('combobox', { name: 'Image with the tools' })
  await field.fill(`isoscope-test-no-image-${process.pid}`)
  await expect(page.getByText('The engine does not have it.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run the toolbox' })).toBeDisabled()
  await field.fill(await ensureStaticImage())
  await page.getByRole('button', { name: 'Run the toolbox' }).click()
  await expect(page.getByText('isoscope-test-static has no shell (sh), so it is no toolbox.')).toBeVisible()
  expect(await beside(silent)).toBe('')
  await page.getByRole('button', { name: 'Choose another' }).click()
  await expect(page.getByRole('heading', { name: 'Open a toolbox beside' })).toBeVisible()
})

test('a container that has a shell offers a toolbox too, and ends it when it ends', async ({ page, openApp }) => {
  await openApp()
  await openShell(page, spoken)
  await page.getByRole('button', { name: 'Open a toolbox instead…' }).click()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByRole('combobox', { name: 'Shell' })).toHaveValue('/bin/ash')
  await page.getByRole('button', { name: 'Open a toolbox instead…' }).click()
  await page.getByRole('combobox', { name: 'Image with the tools' }).fill(image)
  await page.getByRole('button', { name: 'Run the toolbox' }).click()
  await expect(state(page)).toHaveText('Open.')
  await docker('kill', spoken.id)
  await expect(state(page)).toHaveText('Ended, because the container stopped.')
  await expect.poll(() => beside(spoken)).toBe('')
})
