import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { buildReport } from '../../../shared/report/report'
import { expect, openTab, sample, test } from '../app'
import type { ExportedFile } from '../hosts/host'

type Exported = (act: () => Promise<void>) => Promise<ExportedFile>

async function exportAs(page: Page, label: string, exported: Exported): Promise<{ name: string, text: string }> {
  await page.getByRole('radio', { name: label }).check()
  const { name, path } = await exported(() => page.getByRole('button', { name: `Export ${label}` }).click())
  return { name, text: await readFile(path, 'utf8') }
}

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Report')
  await expect(page.getByRole('form', { name: 'Export' })).toBeVisible()
})

test('the preview has the chapters that the document is made of', async ({ page }) => {
  const paper = page.getByRole('article', { name: 'What the report will hold' })
  for (const { title } of buildReport(sample).sections)
    await expect(paper.getByRole('heading', { name: title })).toBeVisible()
})

test('a recording offers no PDF, and says how to get one', async ({ page }) => {
  await expect(page.getByRole('radio', { name: 'PDF' })).toHaveCount(0)
  await expect(page.getByText('Export HTML, open it and print it to a PDF')).toBeVisible()
})

for (const [label, mark] of [['HTML', '<!doctype html>'], ['Markdown', '# '], ['JSON', '"format": 1']] as const) {
  test(`${label} is given to the browser under the container's name`, async ({ page, exported }) => {
    const { name, text } = await exportAs(page, label, exported)
    expect(name).toContain(sample.container.name)
    expect(text.toLowerCase()).toContain(mark.toLowerCase())
    await expect(page.getByRole('status').filter({ hasText: 'Given to the browser as' })).toContainText(name)
  })
}

test('masked, neither the preview nor the file holds the hostname', async ({ page, exported }) => {
  await page.getByRole('checkbox', { name: 'Mask names and addresses' }).check()
  await expect(page.getByRole('article', { name: 'What the report will hold' })).not.toContainText(sample.hostname.host ?? '')
  const { text } = await exportAs(page, 'JSON', exported)
  expect(text).not.toContain(sample.hostname.host)
  expect(JSON.parse(text).hostname).toEqual({ inside: '‹redacted›', host: '‹redacted›' })
})

test('axe finds nothing', async ({ expectAccessible }) => {
  await expectAccessible()
})
