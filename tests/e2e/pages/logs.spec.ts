import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, openTab, test } from '../app'

/** Each would do something where text is taken for more than text. */
const HOSTILE = [
  ['<img src=x onerror=window.__pwn=1><script>window.__pwn=1</script>', '<img src=x onerror=window.__pwn=1><script>window.__pwn=1</script>'],
  ['{{constructor.constructor("window.__pwn=1")()}}', '{{constructor.constructor("window.__pwn=1")()}}'],
  ['\\033]0;pwn\\007\\033[2J\\033[31mred\\033[0m', '\\x1b]0;pwn\\x07\\x1b[2Jred'],
  ['\\033]8;;javascript:window.__pwn=1\\033\\\\link\\033]52;c;cHdu\\007', '\\x1b]8;;javascript:window.__pwn=1\\x1b\\link\\x1b]52;c;cHdu\\x07'],
  ['bidi\\342\\200\\256gnp.exe\\342\\201\\246\\342\\200\\213', 'bidi\\u202egnp.exe\\u2066\\u200b'],
  ['bytes\\377\\376\\000end', 'bytes\ufffd\ufffd\\x00end'],
] as const

let hostile: StartedContainer
/** Writes when it is told to: `docker exec … sh -c 'echo … > /proc/1/fd/1'` is the way of a person, too. */
let quiet: StartedContainer

test.beforeAll(async () => {
  const image = await ensureBusyboxImage()
  hostile = await startContainer({ name: 'logs-hostile', image, flags: ['--network=none'], command: ['sh', '-c', `printf '${HOSTILE.map(([written]) => written).join('\\n')}\\n'; echo 'to stderr' >&2; sleep 1000`] })
  quiet = await startContainer({ name: 'logs-quiet', image, flags: ['--network=none', '--stop-signal=SIGKILL'], command: ['sh', '-c', 'sleep 1000'] })
})
test.afterAll(removeAll)

const write = (script: string): Promise<string> => docker('exec', quiet.id, 'sh', '-c', `{ ${script}; } > /proc/1/fd/1 2> /proc/1/fd/2`)
const linesIn = (page: Page): Locator => page.getByRole('log')

async function openLogs(page: Page, { name }: StartedContainer): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await openTab(page, 'Logs')
}

test('what a container writes stays text, each line on its own, and stderr says that it is', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openLogs(page, hostile)
  await page.getByRole('checkbox', { name: 'Times' }).uncheck()
  const log = linesIn(page)
  await expect(log.getByText('to stderr')).toBeVisible()
  const shown = (await log.locator('.line').allTextContents()).sort()
  expect(shown).toEqual([...HOSTILE.map(([, text]) => `       ${text}`), 'stderr to stderr'].sort())
  expect(await log.locator('img, script, a').count()).toBe(0)
  expect(await page.evaluate(() => Reflect.has(window, '__pwn'))).toBe(false)
  await expect(page).toHaveTitle(new RegExp(`^${hostile.name} · Logs`))
  await expectAccessible()
})

test('lines come as they are written, the newest stays in view until somebody scrolls up', async ({ page, openApp }) => {
  await openApp()
  await openLogs(page, quiet)
  await expect(page.getByText('Nothing was written yet')).toBeVisible()
  await write('for i in $(seq 1 500); do echo "line $i"; done')
  const log = linesIn(page)
  await expect(log.getByText('line 500', { exact: true })).toBeInViewport()
  await expect(log).toHaveAttribute('aria-live', 'polite')

  await log.focus()
  await page.keyboard.press('Home')
  await expect(log.getByText('line 1', { exact: true })).toBeInViewport()
  await expect(log).toHaveAttribute('aria-live', 'off')
  await write('echo unseen')
  await expect(page.getByText('501 lines')).toBeVisible()
  await expect(log.getByText('line 1', { exact: true })).toBeInViewport()

  await page.getByRole('button', { name: 'To the newest' }).click()
  await expect(log.getByText('unseen')).toBeInViewport()
  await write('echo seen')
  await expect(log.getByText('seen', { exact: true })).toBeInViewport()
})

test('words are found, counted, marked and gone through from the keyboard', async ({ page, openApp, expectAccessible }) => {
  await write('echo "find me once"; seq 1 300; echo "find ME twice: find me"')
  await openApp()
  await openLogs(page, quiet)
  await expect(linesIn(page).getByText('find ME twice')).toBeVisible()
  const field = page.getByRole('searchbox', { name: 'Find in these lines' })
  await field.fill('find me')
  const count = page.getByRole('search').getByRole('status')
  await expect(count).toHaveText('3 of 3')
  const current = linesIn(page).locator('mark.is-current')
  await expect(current).toHaveText('find me')
  await expect(current).toBeInViewport()
  await field.press('Enter')
  await expect(count).toHaveText('1 of 3')
  await expect(linesIn(page).getByText('once')).toBeInViewport()
  await field.press('Shift+Enter')
  await field.press('Shift+Enter')
  await expect(count).toHaveText('2 of 3')
  await expect(current).toHaveText('find ME')
  await expectAccessible()
  await field.fill('.*')
  await expect(count).toHaveText('No match')
})

test('it can be paused, and goes on without a gap; copies what is shown', async ({ page, openApp }) => {
  await openApp()
  await openLogs(page, quiet)
  await write('echo before')
  await expect(linesIn(page).getByText('before', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused: what the container writes')).toBeVisible()
  await write('echo "meanwhile is a long line of words"')
  await write('echo "and an end" >&2')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(linesIn(page).getByText('and an end')).toBeVisible()
  await expect(linesIn(page).getByText('before', { exact: true })).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'Times' }).uncheck()
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const field = page.getByRole('searchbox', { name: 'Find in these lines' })
  await field.focus()
  await page.keyboard.press('Control+V')
  await expect(field).toHaveValue(/before {8}meanwhile is a long line of words stderr and an end$/)
})

test('a container that ends says so, and its next run goes on below', async ({ page, openApp }) => {
  await openApp()
  await openLogs(page, quiet)
  await write('echo "of the first run"')
  await expect(linesIn(page).getByText('of the first run')).toBeVisible()
  await docker('stop', quiet.id)
  await expect(page.getByText('The container does not run; when it starts')).toBeVisible()
  await docker('start', quiet.id)
  await expect(page.getByText('Live.')).toBeVisible()
  await write('echo "of the second run"')
  await expect(linesIn(page).getByText('of the second run')).toBeVisible()
  await expect(linesIn(page).getByText('of the first run')).toHaveCount(1)
})

test('a log that the engine cannot read is said to be so, in its own words', async ({ page, openApp }) => {
  const none = await startContainer({ name: 'logs-none', image: await ensureBusyboxImage(), flags: ['--network=none', '--log-driver=none'], command: ['sleep', '1000'] })
  await openApp()
  await openLogs(page, none)
  await expect(page.getByText(/configured logging driver does not support reading/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
})

test('a recording has no logs, and says so', async ({ page, openApp, expectAccessible }) => {
  await openApp('sample')
  await openTab(page, 'Logs')
  await expect(page.getByText('A recording has no logs')).toBeVisible()
  await expectAccessible()
})

test('all tabs stand in one line in the smallest window, and wrapped lines in the page', async ({ page, openApp }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await openApp()
  await openLogs(page, hostile)
  const tops = await page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link').evaluateAll(links => links.map(link => Math.round(link.getBoundingClientRect().top)))
  expect(new Set(tops).size).toBe(1)
  const log = linesIn(page)
  await expect(log.getByText('to stderr')).toBeVisible()
  const isWider = (): Promise<boolean> => log.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  expect(await isWider()).toBe(true)
  await page.getByRole('checkbox', { name: 'Wrap' }).check()
  await expect.poll(isWider).toBe(false)
})
