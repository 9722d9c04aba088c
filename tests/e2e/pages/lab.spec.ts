import type { Locator, Page } from '@playwright/test'
import { docker } from '../../support/docker'
import { inventory } from '../../support/inventory'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from '../app'

let image: string
let before: Record<string, string[]>
test.beforeEach(async ({ page, openApp }) => {
  image = await ensureBusyboxImage()
  before = await inventory()
  await openApp()
  await page.getByRole('complementary').getByRole('link', { name: 'Guided lab' }).click()
  await expect(stage(page)).toBeVisible()
  const again = stage(page).getByRole('button', { name: 'Begin a new lab' })
  if (await again.count() > 0)
    await again.click()
  await expect(stage(page)).toContainText('Step 1 of 14')
})
test.afterEach(async ({ page }) => {
  // Whatever a test came to: nothing of it is left for the next one.
  await page.evaluate(() => { location.hash = '#/lab' })
  const end = page.getByRole('button', { name: /^(End the lab|Labor beenden)$/ })
  await expect(page.getByRole('article')).toBeVisible()
  if (await end.count() > 0)
    await end.click()
  await expect(end).toHaveCount(0)
})

const stage = (page: Page): Locator => page.getByRole('article')
const check = (page: Page): Locator => stage(page).getByRole('region', { name: /^(Check|Prüfen)$/ })
const step = (page: Page, name: string): Locator => page.getByRole('navigation', { name: /^(Steps of the lab|Schritte des Labors)$/ }).getByRole('button', { name })
const foretell = (page: Page, choice: string): Promise<void> => stage(page).getByRole('radio', { name: choice, exact: true }).check()

/** Does the step that is shown. */
async function perform(page: Page, button: string): Promise<void> {
  await stage(page).getByRole('button', { name: button, exact: true }).click()
  await expect(check(page)).toBeVisible({ timeout: 30_000 })
}

/** As the step's command has it. */
async function nameIn(page: Page): Promise<string> {
  const [name = ''] = /isoscope-lab-\w{4}/.exec(await stage(page).innerText()) ?? []
  return name
}

const next = (page: Page): Promise<void> => check(page).getByRole('button', { name: /^(Next|Weiter): / }).click()

async function build(page: Page): Promise<void> {
  await stage(page).getByRole('combobox').selectOption(`${image}:latest`)
  await perform(page, 'Build it')
}

test('the whole lab: each step is foretold, done and measured, and the engine is as it was', async ({ page, expectAccessible }) => {
  await foretell(page, 'Nothing')
  await build(page)
  await expect(check(page)).toContainText('As you expected.')
  await expect(stage(page).getByRole('log')).toContainText('Successfully built')
  const name = await nameIn(page)
  expect(await docker('images', '--format', '{{.Repository}}', name)).toBe(name)
  await expectAccessible()

  await next(page)
  await expect(stage(page)).toContainText(`docker run -d --name ${name} --label io.isoscope.temporary=lab ${name}`)
  await foretell(page, 'One of its own, as in a virtual machine')
  await perform(page, 'Run it')
  await expect(check(page)).toContainText('Not as you expected.')
  await expect(check(page)).toContainText(await docker('exec', name, 'cat', '/proc/sys/kernel/osrelease'))

  await next(page)
  await stage(page).getByRole('textbox', { name: 'Your number' }).fill('3')
  await perform(page, 'List it')
  await expect(check(page)).toContainText('As you expected.')
  await expect(check(page).getByRole('row', { name })).toContainText('the lab’s')

  await next(page)
  await perform(page, 'Enter it')
  await expect(check(page)).toContainText('A new process, beside PID 1')
  await expect(check(page).getByRole('region', { name: 'Inside the container' })).toContainText((await docker('inspect', '--format', '{{.Id}}', name)).slice(0, 12))

  await next(page)
  await stage(page).getByRole('textbox', { name: 'Your number' }).fill('5')
  await perform(page, 'Count them')
  await expect(check(page)).toContainText('Not as you expected.')
  await expect(check(page).locator('dl').first()).toContainText('4')
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', name)
  await expect(check(page).getByText(`PID ${pid} on the host`, { exact: true })).toBeVisible()
  await expect(check(page).getByText('PID 1 inside', { exact: true })).toBeVisible()

  await next(page)
  await stage(page).getByRole('textbox', { name: 'Your number' }).fill(pid)
  await perform(page, 'Look it up')
  await expect(check(page)).toContainText('As you expected.')
  await expect(check(page).getByRole('row').nth(1)).toContainText(pid)

  // The other language, in the middle of it: the walk stays where it is.
  await page.getByRole('radio', { name: 'Deutsch' }).check()
  await expect(page.locator('.lab[lang=de]').getByRole('heading', { level: 1 })).toHaveText('Geführtes Labor')
  await expect(check(page)).toContainText(`PID 1 im Container ist PID ${pid} auf dem Host.`)
  await next(page)
  await foretell(page, 'Einige Namen, aber von anderen Dateien')
  await perform(page, 'Beide auflisten')
  await expect(check(page)).toContainText('So, wie Sie es erwartet haben.')
  await expect(check(page)).toContainText('Der Mount-Namespace')
  await expect(check(page).getByRole('region', { name: 'Im Container' })).toContainText('isoscope-lab')
  await expectAccessible()

  await next(page)
  // A reload, and another page: what was done is known.
  await page.reload()
  await expect(stage(page)).toContainText('Schritt 8 von 14')
  await page.getByRole('radio', { name: 'English' }).check()
  await foretell(page, 'The beginning of the container’s id')
  await perform(page, 'Ask both')
  await expect(check(page)).toContainText('As you expected.')

  await next(page)
  await perform(page, 'Ask both')
  await expect(check(page)).toContainText('root inside, and root to the host as well')

  await next(page)
  await perform(page, 'Ask both')
  await expect(check(page)).toContainText('Inside: lo, eth0.')
  await check(page).getByRole('link', { name: 'See the evidence' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('complementary').getByRole('link', { name: 'Guided lab' }).click()
  await next(page)

  for (const [flag, choice, answer] of [
    ['--pid=host', 'Processes (pid)', 'Processes (pid), and nothing else'],
    ['--network=host', 'Network (net)', 'Network (net), and nothing else'],
    ['--memory 64m', 'The memory limit', 'The memory limit, and no wall'],
  ] as const) {
    await foretell(page, choice)
    await perform(page, `Run it with ${flag}`)
    await expect(check(page)).toContainText('As you expected.')
    await expect(check(page)).toContainText(answer)
    if (flag !== '--memory 64m')
      await next(page)
  }
  expect(await docker('inspect', '--format', '{{.HostConfig.Memory}}', `${name}-memory`)).toBe(String(64 * 1024 ** 2))
  await check(page).getByRole('link', { name: 'See the evidence' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${name}-memory` })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('64 MiB')
  await page.getByRole('complementary').getByRole('link', { name: 'Guided lab' }).click()
  await expectAccessible()

  await next(page)
  await foretell(page, 'Nothing')
  await perform(page, 'Remove everything')
  await expect(check(page)).toContainText('As you expected.')
  await expect(stage(page)).toContainText('Nothing of it is left on the engine.')
  expect(await inventory()).toEqual(before)
  await expectAccessible()
})

test('a container that somebody removed is said, and run again; the lab can be ended at any step', async ({ page }) => {
  await build(page)
  await next(page)
  await perform(page, 'Run it')
  const name = await nameIn(page)
  await docker('rm', '--force', name)
  await next(page)
  await stage(page).getByRole('button', { name: 'List it' }).click()
  await expect(stage(page)).toContainText('The lab’s container is not there any more: somebody removed it.')
  await stage(page).getByRole('button', { name: 'Go to step 2: Run it' }).click()
  await perform(page, 'Do it again')
  await step(page, 'List it').click()
  await perform(page, 'List it')

  await page.getByRole('button', { name: 'End the lab' }).click()
  await expect(stage(page)).toContainText('Nothing of it is left on the engine.')
  expect(await inventory()).toEqual(before)
  await stage(page).getByRole('button', { name: 'Begin a new lab' }).click()
  await expect(stage(page)).toContainText('Step 1 of 14')
})

test('in a recording it says how to get there', async ({ page }) => {
  await page.getByRole('button', { name: 'Open the built-in sample' }).click()
  await expect(page.getByText('Recording of')).toBeVisible()
  await page.getByRole('complementary').getByRole('link', { name: 'Guided lab' }).click()
  await expect(page.getByRole('main')).toContainText('A recording has no engine to do it on')
  await page.getByRole('button', { name: 'Close the recording' }).click()
  await page.getByRole('complementary').getByRole('link', { name: 'Guided lab' }).click()
  await expect(stage(page)).toContainText('Step 1 of 14')
})
