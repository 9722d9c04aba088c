import type { Locator, Page } from '@playwright/test'
import { removeAll, startContainer, type StartedContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from '../app'

let container: StartedContainer
test.beforeEach(async ({ openApp }) => {
  container = await startContainer({ name: 'actions', image: await ensureBusyboxImage(), flags: ['--stop-timeout', '0'], command: ['sleep', '10000'] })
  await openApp()
})
test.afterEach(removeAll)

const state = (): Promise<string> => docker('inspect', '--format', '{{.State.Status}}', container.id)
const question = (page: Page): Locator => page.getByRole('alertdialog')

async function propose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${container.name}` }).first().click()
  await page.getByRole('menuitem', { name: `${action}…` }).click()
}

test('nothing is done before it is confirmed, and a question that is closed does nothing', async ({ page }) => {
  await propose(page, 'Stop')
  await expect(question(page)).toContainText(`Stop ${container.name}?`)
  await expect(question(page)).toContainText(`docker stop ${container.name}`)
  await expect(question(page)).toContainText(container.id.slice(0, 12))
  await page.keyboard.press('Escape')
  await expect(question(page)).toHaveCount(0)
  expect(await state()).toBe('running')
})

test('what was confirmed is done, shown in the list, recorded with its command, and taken back', async ({ page }) => {
  await propose(page, 'Pause')
  await question(page).getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(question(page)).toHaveCount(0)
  expect(await state()).toBe('paused')
  await expect(page.getByRole('row', { name: container.name })).toContainText('Paused')

  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  const did = page.getByRole('region', { name: 'What Isoscope did' }).getByRole('row', { name: `docker pause ${container.name}` })
  await expect(did).toContainText('done')
  await did.getByRole('button', { name: 'Undo…' }).click()
  await question(page).getByRole('button', { name: 'Unpause', exact: true }).click()
  await expect(question(page)).toHaveCount(0)
  expect(await state()).toBe('running')
})

test('from a container\'s page it is stopped, read again, and removed; the page then says that it is gone', async ({ page }) => {
  await page.getByRole('main').getByRole('row', { name: container.name }).getByText(container.name, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: container.name })).toBeVisible()
  await propose(page, 'Stop')
  await question(page).getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByRole('banner').or(page.locator('header')).getByText('exited').first()).toBeVisible()
  await propose(page, 'Remove')
  await expect(question(page)).toContainText('cannot be undone')
  await question(page).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question(page)).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: container.name })).toHaveCount(0)
})

test('a refusal stands in the question, in words and with what to do', async ({ page }) => {
  await propose(page, 'Pause')
  await docker('kill', container.id)
  await question(page).getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(question(page)).toContainText(`${container.name} does not run.`)
  await expect(question(page)).toContainText('Start it first.')
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(question(page)).toHaveCount(0)
})

test('the question is accessible, and is answered with keys alone', async ({ page, expectAccessible }) => {
  await page.getByRole('button', { name: `Actions on ${container.name}` }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Stop…' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Restart…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question(page)).toBeVisible()
  await expectAccessible()
  const before = await docker('inspect', '--format', '{{.State.StartedAt}}', container.id)
  await question(page).getByRole('button', { name: 'Restart', exact: true }).press('Enter')
  await expect(question(page)).toHaveCount(0)
  expect(await docker('inspect', '--format', '{{.State.StartedAt}}', container.id)).not.toBe(before)
})
