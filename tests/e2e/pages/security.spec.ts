import { analyse } from '../../../shared/analysis/analyse'
import { verdictOf } from '../../../shared/analysis/verdict'
import { expect, openTab, sample, test } from '../app'

const findings = analyse(sample)
const failed = findings.filter(({ outcome }) => outcome.status === 'fail')
const [first] = failed

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Security')
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
})

test('the verdict stands with how much of it could be decided', async ({ page }) => {
  const verdict = verdictOf(sample, findings)
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(verdict.headline)
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(verdict.coverage.sentence)
})

test('all findings are there, the failed ones first', async ({ page }) => {
  await expect(page.getByRole('region', { name: 'Found', exact: true }).getByRole('group')).toHaveCount(failed.length)
  await expect(page.getByRole('main').locator('details')).toHaveCount(findings.length)
})

test('a finding opens to its evidence, reason and remedy with the keyboard', async ({ page }) => {
  const item = page.locator('details').filter({ hasText: first?.rule.title ?? '' })
  await item.locator('summary').focus()
  await page.keyboard.press('Enter')
  for (const words of [first?.rule.remedy, first?.rule.reason])
    await expect(item.getByRole('definition').filter({ hasText: words?.replaceAll('`', '') ?? '' })).toBeVisible()
  for (const line of first?.outcome.evidence ?? [])
    await expect(item.getByRole('listitem').filter({ hasText: line })).toBeVisible()
})

test('findings are narrowed by severity', async ({ page }) => {
  const severity = first?.severity ?? 'medium'
  await page.getByRole('radio', { name: new RegExp(`^${severity}`, 'i') }).check()
  await expect(page.getByRole('main').locator('details')).toHaveCount(findings.filter(finding => finding.severity === severity).length)
})

test('what was declared stands beside what is in force', async ({ page }) => {
  await page.getByRole('tab', { name: 'Declared and in force' }).click()
  const table = page.getByRole('table', { name: 'What was declared and what is in force' })
  await expect(table.getByRole('row', { name: /^System call filter/ })).toContainText(sample.security.seccomp ?? '')
  await expect(table.getByRole('row', { name: /^Read-only root/ })).toContainText(sample.security.isRootReadOnly ? 'yes' : 'no')
})

test('every capability is told for each of the five sets', async ({ page }) => {
  await page.getByRole('tab', { name: 'Capabilities' }).click()
  const table = page.getByRole('table', { name: 'Capabilities of the first process' })
  const [held] = sample.security.capabilities?.effective ?? []
  await expect(table.getByRole('row', { name: new RegExp(`^${held} yes`) })).toBeVisible()
  await page.getByRole('radio', { name: /^Reaching the host/ }).check()
  await expect(table.getByRole('row', { name: /^SYS_ADMIN/ })).toContainText(sample.security.capabilities?.bounding.includes('SYS_ADMIN') ? 'critical' : 'critical if held')
})

for (const part of ['Findings', 'Declared and in force', 'Capabilities']) {
  test(`axe finds nothing in the part ${part}`, async ({ page, expectAccessible }) => {
    await page.getByRole('tab', { name: part }).click()
    await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true')
    await page.evaluate(() => document.querySelector('details')?.setAttribute('open', ''))
    await expectAccessible()
  })
}
