import { formatBytes } from '../../../shared/text/format-bytes'
import { expect, openTab, sample, test } from '../app'

const { cgroup } = sample

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Resources')
  await expect(page.getByRole('region', { name: 'Memory' })).toBeVisible()
})

test('the control group is named with its version', async ({ page }) => {
  await expect(page.getByText(`version ${cgroup.version}`)).toBeVisible()
  await expect(page.getByText(cgroup.path ?? '')).toBeVisible()
})

test('what is used stands beside what is allowed', async ({ page }) => {
  const memory = page.getByRole('region', { name: 'Memory' })
  await expect(memory).toContainText(formatBytes(cgroup.memory.usageBytes ?? 0))
  await expect(memory).toContainText(cgroup.memory.limitBytes === 'unlimited' ? 'No limit' : 'of the limit of')
  await expect(page.getByRole('region', { name: 'Tasks' })).toContainText(String(cgroup.pids.current))
})

test('a recording draws no line over time, and says so', async ({ page }) => {
  await expect(page.getByText('A recording holds one instant, so there is no line over time.')).toBeVisible()
  await expect(page.locator('main figure')).toHaveCount(0)
})

test('a word of the field explains itself', async ({ page }) => {
  await page.getByRole('button', { name: 'Can be freed (hatched)' }).click()
  await expect(page.getByRole('dialog', { name: 'Can be freed (hatched)' })).toContainText('inactive page cache')
})

test('every amount can be asked how it is known', async ({ page }) => {
  await page.getByRole('button', { name: 'How do you know about memory?' }).click()
  await expect(page.getByRole('dialog')).toContainText(sample.evidence.cgroup.detail)
})

test('axe finds nothing', async ({ expectAccessible }) => {
  await expectAccessible()
})
