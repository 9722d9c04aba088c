import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, openTab, sample, test } from '../app'

let original: StartedContainer
test.beforeEach(async ({ openApp }) => {
  original = await startContainer({
    name: `again-${process.pid}`,
    image: await ensureBusyboxImage(),
    flags: ['--network', 'none', '--cap-add', 'NET_ADMIN', '-e', 'GREETING=never-shown', '--dns-search', 'example.test', '--volume', '/tmp:/shared', '--stop-timeout', '0'],
    command: ['sleep', '10000'],
  })
  await openApp()
})
test.afterEach(async () => {
  const siblings = (await docker('ps', '--all', '--quiet', '--filter', `name=isoscope-test-again-${process.pid}-[0-9a-f]{8}-`)).split('\n').filter(id => id !== '')
  if (siblings.length > 0)
    await docker('rm', '--force', '--volumes', ...siblings)
  await removeAll()
})

async function openAgain(page: Page, { name }: StartedContainer = original): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${name}` }).first().click()
  await page.getByRole('menuitem', { name: 'Run it again with…' }).click()
  await expect(page.getByRole('heading', { name: 'Run it again with…' })).toBeVisible()
}
const knob = (page: Page, flag: string): Locator => page.getByRole('radio', { name: flag })
const sibling = (page: Page): Locator => page.getByRole('region', { name: 'The sibling' })
const foretold = (page: Page): Locator => page.getByRole('region', { name: 'What would be isolated otherwise' })
const question = (page: Page): Locator => page.getByRole('alertdialog')

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run and compare…' }).click()
  await question(page).getByRole('button', { name: 'Run', exact: true }).click()
}

const row = (page: Page, table: string, what: string): Locator =>
  page.getByRole('table', { name: table, exact: true }).getByRole('row').filter({ has: page.getByRole('rowheader', { name: `${what} (` }) })

test('a sibling with another flag runs, and the two are compared', async ({ page, expectAccessible }) => {
  await openAgain(page)
  await expect(sibling(page)).toContainText('its search domains example.test')
  await expect(sibling(page)).toContainText('/shared')
  await expect(sibling(page)).toContainText(`docker run -d --name ${original.name}-pid-host --stop-timeout 0 -e 'GREETING=…' --network none -v /tmp:/shared --pid host --cap-add NET_ADMIN isoscope-test-busybox sleep 10000`)
  await expect(page.getByRole('main')).not.toContainText('never-shown')
  await expect(foretold(page).getByRole('list', { name: 'Namespaces that change' }).getByRole('listitem')).toHaveText([/^pid.*private.*becomes.*host/s])
  await expect(foretold(page).getByRole('list', { name: 'Findings: Comes' })).toContainText('The container sees all processes of the host')
  await expectAccessible()
  await page.getByRole('button', { name: 'Run and compare…' }).click()
  await expect(question(page)).toContainText(`docker run -d --name ${original.name}-pid-host `)
  await expect(question(page)).toContainText('The values of its environment are left out of the line')
  await expectAccessible()
  await page.keyboard.press('Escape')
  await expect(question(page)).toHaveCount(0)
  expect(await docker('ps', '--all', '--quiet', '--filter', `name=${original.name}-pid-host`)).toBe('')
  await run(page)

  await expect(page).toHaveURL(/\/compare$/)
  await expect(page.getByRole('heading', { level: 1, name: original.name })).toBeVisible()
  await expect(page.getByLabel('Compare with').locator('option:checked')).toHaveText(`${original.name}-pid-host, running`)
  await expect(row(page, 'Namespaces', 'pid namespace').getByRole('cell')).toHaveText(['private', 'host'])
  await expectAccessible()
  expect(await docker('exec', `${original.name}-pid-host`, 'sh', '-c', 'echo $GREETING')).toBe('never-shown')

  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  const did = page.getByRole('region', { name: 'What Isoscope did' }).getByRole('row', { name: `--name ${original.name}-pid-host` })
  await expect(did).toContainText('GREETING=…')
  await did.getByRole('button', { name: 'Undo…' }).click()
  await question(page).getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(question(page)).toHaveCount(0)
  expect(await docker('inspect', '--format', '{{.State.Status}}', `${original.name}-pid-host`)).toBe('exited')
})

test('a flag with a value is typed, and what cannot be is said in its place', async ({ page, expectAccessible }) => {
  await openAgain(page)
  await knob(page, '--memory').check()
  const memory = page.getByLabel('Memory', { exact: true })
  await expect(memory).toHaveValue('256m')
  await memory.fill('much')
  await expect(page.getByRole('alert')).toHaveText('This is no size. Write a number with a unit, such as 512m or 2g.')
  await expectAccessible()
  await expect(page.getByRole('button', { name: 'Run and compare…' })).toBeDisabled()
  await memory.fill('64m')
  await expect(sibling(page)).toContainText('--memory 64m')
  await expect(foretold(page).getByRole('list', { name: 'Findings: Goes' })).toContainText('memory')
  await run(page)
  await expect(row(page, 'Limits', 'memory').getByRole('cell')).toHaveText(['unlimited', '64 MiB'])
})

test('a refusal of the engine is said in plain words, and the choice stays', async ({ page, expectAccessible }) => {
  await openAgain(page)
  await knob(page, '--user').check()
  await page.getByLabel('User', { exact: true }).fill('nobody-of-that-name')
  await run(page)
  await expect(question(page)).toContainText('The image has no user or group of that name.')
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('The image has no user or group of that name.')
  await expect(page.getByLabel('User', { exact: true })).toHaveValue('nobody-of-that-name')
  await expectAccessible()
  expect(await docker('ps', '--all', '--quiet', '--filter', `name=${original.name}-user`)).toBe('')
  await page.getByLabel('User', { exact: true }).fill('app')
  await expect(page.getByRole('group', { name: 'Problem' })).toHaveCount(0)
  await run(page)
  await expect(page).toHaveURL(/\/compare$/)
})

test('from an empty comparison it is one step, and what the container has already is not offered', async ({ page }) => {
  await openAgain(page)
  await knob(page, '--cap-drop ALL').check()
  await run(page)
  await expect(page).toHaveURL(/\/compare$/)
  // The sibling's own page.
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: `${original.name}-cap-drop-all` }).click()
  await openTab(page, 'Compare')
  await page.getByRole('link', { name: 'Run it again with one flag changed…' }).click()
  await expect(knob(page, '--cap-drop ALL')).toBeDisabled()
  await expect(page.getByText('The container has it already.')).toBeVisible()
  await expect(knob(page, '--pid=host')).toBeChecked()
})

test('nothing is run for a recording', async ({ page }) => {
  await page.getByRole('button', { name: 'Open the built-in sample' }).click()
  await expect(page.getByRole('heading', { level: 1, name: sample.container.name })).toBeVisible()
  await openTab(page, 'Compare')
  await expect(page.getByText('Choose what to compare with')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Run it again with one flag changed…' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Actions on/ })).toHaveCount(0)
})

test('one that ends at once says so, and is removed from there', async ({ page, expectAccessible }) => {
  const writing = await startContainer({ name: `again-${process.pid}`, image: await ensureBusyboxImage(), flags: ['--network', 'none'], command: ['sh', '-c', 'echo no > /etc/no || exit 3; exec sleep 10000'] })
  await openAgain(page, writing)
  await knob(page, '--read-only').check()
  await run(page)
  await expect(page.getByText(`${writing.name}-read-only ended again at once with exit code 3. It is still there, with what it wrote.`)).toBeVisible()
  await expect(knob(page, '--read-only')).toBeChecked()
  await expectAccessible()
  await page.getByRole('button', { name: 'Remove it…' }).click()
  await question(page).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Remove it…' })).toHaveCount(0)
  expect(await docker('ps', '--all', '--quiet', '--filter', `name=${writing.name}-read-only`)).toBe('')
})

test('in the smallest window nothing is wider than the page', async ({ page, expectAccessible }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  await openAgain(page)
  await knob(page, '--user').check()
  expect(await page.getByRole('main').evaluate(main => [main, ...main.querySelectorAll('.page, .again, .sides, fieldset')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length)).toBe(0)
  await expectAccessible()
})

test('the docker line breaks between words where they are no longer than it', async ({ page }) => {
  await openAgain(page)
  const line = sibling(page).locator('code')
  await expect(line).toContainText('--stop-timeout')
  /** On how many lines each word is drawn, and all of them. */
  const drawn = (): Promise<{ linesOfWord: number[], lines: number }> => line.evaluate((element) => {
    const range = document.createRange()
    const tops = new Set<number>()
    const linesOfWord: number[] = []
    for (const word of element.querySelectorAll('span')) {
      range.selectNodeContents(word)
      if (word.textContent.trim() === '')
        continue
      const rows = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      rows.forEach(top => tops.add(top))
      linesOfWord.push(rows.size)
    }
    return { linesOfWord, lines: tops.size }
  })
  for (const width of [800, 860, 1280, 1340, 1400]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(async () => {
      const { linesOfWord, lines } = await drawn()
      expect(lines).toBeGreaterThan(1)
      expect(linesOfWord.filter(count => count > 1)).toEqual([])
    }).toPass({ timeout: 5_000 })
  }
})
