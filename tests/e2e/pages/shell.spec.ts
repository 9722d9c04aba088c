import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage, ensureStaticImage } from '../../support/test-images'
import { expect, openTab, test } from '../app'

let container: StartedContainer
test.beforeAll(async () => {
  container = await startContainer({ name: 'shell', image: await ensureBusyboxImage(), flags: ['--network=none', '--env=PS1=# '], command: ['sleep', '10000'] })
})
test.afterAll(removeAll)

async function openShell(page: Page, { name }: StartedContainer = container): Promise<void> {
  await page.getByRole('main').getByRole('row', { name }).getByText(name, { exact: true }).click()
  await openTab(page, 'Shell')
}

const rows = (page: Page): Locator => page.locator('.xterm-rows')
const state = (page: Page): Locator => page.getByRole('tabpanel').getByRole('status')

async function openTerminal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(state(page)).toHaveText('Open.')
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused()
}

/** Types a command, and its Enter. */
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command)
  await page.keyboard.press('Enter')
}

const shellsIn = async (id = container.id): Promise<number> => (await docker('top', id, '-eo', 'pid')).split('\n').length - 2

test('a command that is typed is answered; the terminal has the page\'s size, and follows the window', async ({ page, openApp, expectAccessible }) => {
  await openApp()
  await openShell(page)
  await expect(page.getByRole('combobox', { name: 'Shell' })).toHaveValue('/bin/ash')
  await expect(page.getByText(`docker exec -it ${container.name} /bin/ash`)).toBeVisible()
  await expectAccessible()
  await openTerminal(page)
  await run(page, 'echo $((6*7)) why?')
  await expect(rows(page)).toContainText('42 why?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const size = async (): Promise<string> => {
    await run(page, 'clear; stty size')
    await expect(rows(page)).toContainText(/\d+ \d+/)
    return /\d+ \d+/.exec(await rows(page).innerText())?.[0] ?? ''
  }
  const wide = await size()
  expect(wide).not.toBe('24 80')
  await page.setViewportSize({ width: 800, height: 600 })
  await expect.poll(size).not.toBe(wide)
  await expectAccessible()
  await run(page, 'exit 3')
  await expect(state(page)).toHaveText('Ended with exit code 3.')
  await page.getByRole('button', { name: 'Open again' }).click()
  await expect(state(page)).toHaveText('Open.')
  await page.getByRole('button', { name: /^Close / }).click()
  await expect(page.getByRole('heading', { name: 'Open a terminal in' })).toBeVisible()
  await expect.poll(() => shellsIn()).toBe(0)
})

test('two terminals go on while another page is shown, and end with the page', async ({ page, openApp }) => {
  await openApp()
  await openShell(page)
  await openTerminal(page)
  await run(page, 'marker=first; (sleep 1; echo from-be""hind) &')
  await page.getByRole('button', { name: 'New terminal' }).click()
  await openTerminal(page)
  await run(page, 'marker=second')
  await openTab(page, 'Files')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await openTab(page, 'Shell')
  await run(page, 'echo "it is $marker"')
  await expect(rows(page)).toContainText('it is second')
  await page.getByRole('tab', { name: 'ash 1' }).click()
  await run(page, 'echo "it is $marker"')
  await expect(rows(page)).toContainText('it is first')
  await expect(rows(page)).toContainText('from-behind')
  await page.keyboard.press('Control+Shift+E')
  await expect(page.getByRole('tab', { name: 'ash 1' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'ash 2' })).toBeFocused()
  expect(await shellsIn()).toBeGreaterThanOrEqual(2)
  await page.reload()
  await expect.poll(() => shellsIn(), { timeout: 15_000 }).toBe(0)
})

/** What other terminals answer, or let reach beyond themselves. */
const HOSTILE = [
  '\\033[c', '\\033[>c', '\\033[=c', '\\033[5n', '\\033[6n', '\\033[?6n', '\\033[?996n', '\\033[?25$p', '\\033[4$p', '\\033[14t', '\\033[18t', '\\033[20t', '\\033[21t', '\\033[>q', '\\033[x', '\\033[?u',
  '\\033P$qm\\033\\\\', '\\033P+q544e\\033\\\\', '\\033]4;1;?\\007', '\\033]10;?\\007', '\\033]11;?\\007', '\\033]12;?\\007', '\\033]52;c;?\\007', '\\033]52;c;cHdu\\007',
  '\\033]0;pwned\\007', '\\033]2;pwned\\007', '\\033]8;;https://evil.example/\\007link\\033]8;;\\007', '\\033]9;pwned\\007', '\\033]777;notify;pwned;pwned\\007', '\\033]1337;File=inline=1:AAAA\\007',
  '\\033[?1000h\\033[?1002h\\033[?1003h\\033[?1006h', '\\033[?1004h', '\\005', '\\007', '\\033[2147483647b\\033[2147483647L\\033[2147483647S', '\\033[999;999H\\033[1J', '\\033[38;2;1;2;3;48;2;4;5;6mcolours\\033[0m',
].join('')

test('what a program writes changes nothing outside of its terminal, and is answered by nobody', async ({ page, openApp }) => {
  await openApp()
  await openShell(page)
  await openTerminal(page)
  const title = await page.title()
  // What arrives at the program's stdin is written down byte by byte; the terminal does not echo it.
  await run(page, `stty -echo -icanon; printf '${HOSTILE}'; printf 'END-OF-%s' HOSTILE; dd bs=1 of=/tmp/typed 2>/dev/null`)
  await expect(rows(page)).toContainText('END-OF-HOSTILE')
  // A mouse and a focus, which would be reported.
  const box = await rows(page).boundingBox()
  await page.mouse.click((box?.x ?? 0) + 40, (box?.y ?? 0) + 40)
  await page.getByRole('tab', { name: 'ash 1' }).focus()
  await page.getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('typed')
  await expect.poll(() => docker('exec', container.id, 'cat', '-v', '/tmp/typed')).toBe('typed')
  await page.keyboard.press('Control+C')
  await run(page, 'stty sane; head -c 400000 /dev/urandom; printf "\\033c\\033[?1049l"; stty sane; echo still""-here')
  await expect(rows(page)).toContainText('still-here')
  expect(await page.title()).toBe(title)
  expect(await page.locator('.xterm a').count()).toBe(0)
  await page.keyboard.press('Control+C')
  await run(page, 'clear; cat -v /tmp/typed; echo')
  await expect(rows(page)).toContainText('typed')
})

test('a program that floods leaves the page free, and Ctrl+C stops it', async ({ page, openApp }) => {
  await openApp()
  await openShell(page)
  await openTerminal(page)
  await run(page, 'yes isoscope')
  await expect(rows(page)).toContainText('isoscope')
  await openTab(page, 'Overview')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await openTab(page, 'Shell')
  await page.keyboard.press('Control+C')
  await run(page, 'clear; echo al""ive')
  await expect(rows(page)).toContainText('alive', { timeout: 10_000 })
  await run(page, 'exit')
})

test('several lines are pasted when a person says so; what is copied is what was selected', async ({ page, openApp }) => {
  await openApp()
  await openShell(page)
  await openTerminal(page)
  const paste = (text: string): Promise<void> => page.getByRole('textbox', { name: 'Terminal input' }).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
  await paste('echo one\u001b[201~ line')
  await page.keyboard.press('Enter')
  await expect(rows(page)).toContainText('one[201~ line')
  await paste('echo fir""st\necho sec""ond\n')
  const question = page.getByRole('alertdialog', { name: 'Paste several lines' })
  await expect(question).toContainText('Paste 3 lines?')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await paste('echo fir""st\necho sec""ond\n')
  await question.getByRole('button', { name: 'Paste' }).click()
  await expect(rows(page)).toContainText('second')
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused()
})

test('what is wrong is said with what to do, and no dead terminal is left', async ({ page, openApp }) => {
  await openApp()
  await openShell(page)
  await page.getByRole('textbox', { name: 'User' }).fill('nobody-such')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText(`${container.name} has no such user or group.`)).toBeVisible()
  await expect(page.getByText('Choose one of its /etc/passwd')).toBeVisible()
  await page.getByRole('button', { name: /^Close / }).click()
  await page.getByRole('textbox', { name: 'Folder' }).fill('tmp')
  await expect(page.getByText('Folder: This begins with /.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeDisabled()
})

test('a container that stops says so, and one without a shell does, too', async ({ page, openApp }) => {
  const stops = await startContainer({ name: 'shell-stops', image: await ensureBusyboxImage(), flags: ['--network=none', '--stop-timeout=0'], command: ['sleep', '10000'] })
  const bare = await startContainer({ name: 'shell-bare', image: await ensureStaticImage(), flags: ['--network=none'], command: ['/sleep', '10000'] })
  await openApp()
  await openShell(page, stops)
  await openTerminal(page)
  await docker('stop', stops.id)
  await expect(state(page)).toHaveText('Ended, because the container stopped.')
  await page.getByRole('button', { name: 'Open again' }).click()
  await expect(page.getByText(`${stops.name} does not run.`)).toBeVisible()
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: bare.name }).click()
  await openTab(page, 'Shell')
  await expect(page.getByText('None of the usual shells is in this container.')).toBeVisible()
})

test('a recording has no such tab', async ({ page, openApp }) => {
  await openApp('sample')
  await expect(page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: 'Shell' })).toHaveCount(0)
})
