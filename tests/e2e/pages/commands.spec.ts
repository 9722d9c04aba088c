import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, openTab, test } from '../app'

const run = promisify(execFile)

let container: StartedContainer
test.beforeAll(async () => {
  container = await startContainer({ name: 'commands', image: await ensureBusyboxImage(), flags: ['--network=none', '--stop-timeout', '0'], command: ['sh', '-c', 'sleep 10001 & sleep 10002 & wait'] })
})
test.afterAll(removeAll)

const inside = (page: Page): Locator => page.getByRole('region', { name: 'Inside the container' })
const host = (page: Page): Locator => page.getByRole('region', { name: /^Host/ })
const linesOf = (side: Locator): Promise<string[]> => side.locator('.text').allTextContents()
const choose = (page: Page, command: string): Promise<void> => page.getByRole('button', { name: command, exact: true }).click()

async function openCommands(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('row', { name: container.name }).getByText(container.name, { exact: true }).click()
  await openTab(page, 'Run')
}

test('nothing runs before it is chosen; ps then counts both sides, and has the same processes on both', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openCommands(page)
  await expect(page.getByText('One command, two views')).toBeVisible()
  await choose(page, 'ps aux')
  // The shell, its two children and the ps itself.
  await expect(inside(page).locator('.count')).toContainText('4 processes, of which 1 is the ps aux itself')
  const counted = Number((await host(page).locator('.count .figure').textContent())?.replace(/\D/g, ''))
  const { stdout } = await run('ps', ['-e', '--no-headers'])
  expect(Math.abs(counted - stdout.trim().split('\n').length)).toBeLessThan(60)
  await expect(page.getByText('The PID namespace makes the difference.')).toBeVisible()

  const hostPids = (await docker('top', container.id, '-eo', 'pid,args')).split('\n').slice(1).map(line => line.trim().split(/\s+/)[0] ?? '')
  for (const pid of hostPids)
    await expect(inside(page).getByText(`PID ${pid} outside`, { exact: true })).toBeVisible()
  await page.getByRole('radio', { name: 'On both sides' }).check()
  await expect(host(page).getByText('PID 1 inside', { exact: true })).toBeVisible()
  await expect(host(page).locator('.text', { hasText: 'sleep 1000' })).toHaveCount(3)
  await expectAccessible()
})

test('one answer stands beside the other, with why they differ and where that is shown', async ({ page, openApp }) => {
  await openApp()
  await openCommands(page)
  await choose(page, 'hostname')
  await expect(inside(page).getByText(container.id.slice(0, 12), { exact: true })).toBeVisible()
  expect(await linesOf(host(page))).toEqual([(await run('hostname')).stdout.trim()])
  await expect(inside(page).getByText(`docker exec ${container.name} hostname`)).toBeVisible()
  await expect(page.getByText('≠ Something else on the other side')).toBeVisible()
  await choose(page, 'ls /')
  await expect(inside(page).locator('.count')).toContainText('names')
  expect(await linesOf(inside(page))).toEqual((await docker('exec', container.id, 'ls', '/')).split('\n'))
  await page.getByRole('link', { name: 'See files' }).click()
  await expect(page).toHaveURL(/\/files$/)
})

test('a command of one\'s own runs inside alone, as its quotes say, and what it writes stays text', async ({ page, openApp }) => {
  await openApp()
  await openCommands(page)
  const field = page.getByRole('textbox', { name: 'A command of your own' })
  await field.fill('echo "a  b" \'$HOME\' <b>x</b')
  await expect(page.getByText('Runs echo \'a  b\' \'$HOME\' \'<b>x</b\'')).toBeVisible()
  await field.press('Enter')
  await expect(inside(page).locator('.text')).toHaveText('a  b $HOME <b>x</b')
  await expect(host(page)).toHaveCount(0)

  await field.fill('printf "<img src=x onerror=window.__pwn=1>\\\\033[2J\\\\n"')
  await field.press('Enter')
  await expect(inside(page).locator('.text')).toHaveText('<img src=x onerror=window.__pwn=1>\\x1b[2J')
  expect(await page.evaluate(() => Reflect.has(window, '__pwn'))).toBe(false)

  await page.getByRole('checkbox', { name: 'Through sh' }).check()
  await field.fill('echo one; echo two >&2; exit 3')
  await field.press('Enter')
  await expect(inside(page).getByText('Exit code 3,')).toBeVisible()
  expect((await linesOf(inside(page))).sort()).toEqual(['one', 'two'])
  await expect(inside(page).getByText('stderr', { exact: true })).toBeVisible()

  await page.getByRole('checkbox', { name: 'Through sh' }).uncheck()
  await field.fill('it\'s')
  await expect(page.getByText('That is no command yet: a \' is not closed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await field.fill('nope')
  await field.press('Enter')
  await expect(inside(page).getByText(`The image of ${container.name} has no program nope.`)).toBeVisible()
})

test('what runs is ended by its button, and by leaving the page; what was done is listed', async ({ page, openApp }) => {
  await openApp()
  await openCommands(page)
  const running = async (): Promise<boolean> => (await docker('top', container.id, '-eo', 'pid,args')).includes('sleep 4242')
  const field = page.getByRole('textbox', { name: 'A command of your own' })
  for (const leave of [() => page.getByRole('button', { name: 'End it' }).click(), () => openTab(page, 'Logs')]) {
    await field.fill('sleep 4242')
    await field.press('Enter')
    await expect.poll(running).toBe(true)
    await leave()
    await expect.poll(running).toBe(false)
  }
  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await expect(page.getByRole('region', { name: 'What Isoscope did' }).getByRole('row', { name: `docker exec ${container.name} sleep 4242` })).toHaveCount(2)
})

test('output without end is cut, and only its lines in view are drawn', async ({ page, openApp }) => {
  await openApp()
  await openCommands(page)
  const field = page.getByRole('textbox', { name: 'A command of your own' })
  await field.fill('yes')
  await field.press('Enter')
  await expect(inside(page).getByText(/^Cut after .*ended by Isoscope/)).toBeVisible()
  expect(await inside(page).locator('.line').count()).toBeLessThan(120)
})

test('all tabs are in one line in the smallest window', async ({ page, openApp }) => {
  await page.setViewportSize({ width: 800, height: 700 })
  await openApp()
  await openCommands(page)
  const tabs = page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link')
  const tops = await Promise.all((await tabs.all()).map(async tab => (await tab.boundingBox())?.y))
  expect(new Set(tops).size).toBe(1)
})

test('the sample has no such tab', async ({ page, openApp }) => {
  await openApp('sample')
  await expect(page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: 'Run' })).toHaveCount(0)
})
