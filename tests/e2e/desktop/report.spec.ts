import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { printPdf } from '../../../cli/pdf/print-pdf'
import { openTab } from '../app'
import { expect, test } from './desktop-app'

const run = promisify(execFile)

/** The names of what a PDF can start, carry or lead to (ISO 32000-2, 12.6 and 7.11.4). */
const ACTIVE = /\/(JavaScript|JS|Launch|OpenAction|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToR|AA|URI)\b/g

async function exportAs(app: ElectronApplication, page: Page, format: string, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
  }, path)
  await page.getByRole('radio', { name: new RegExp(`^${format}`) }).check()
  await page.getByRole('button', { name: `Export ${format}` }).click()
  await expect(page.getByText(`Saved as ${path}`)).toBeVisible({ timeout: 60_000 })
}

/**
 * The words of a PDF in the order in which they are drawn, without the running lines: those stand in the page's margins and
 * are drawn by CSS in the one Chromium and by its own header and footer in the other.
 */
async function wordsOf(path: string): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-raw', '-x', '0', '-y', '38', '-W', '596', '-H', '768', path, '-'])
  return stdout.split(/\s+/).filter(word => word !== '')
}

/** Without the heads of tables, which come again on each page that a table goes on to: pages end a line earlier or later in each Chromium. */
function withoutHeads(words: readonly string[], html: string): string[] {
  // Two blanks between words: each word has its own on both sides, so two heads in a row are found.
  const heads = [...html.matchAll(/<thead>(.*?)<\/thead>/gs)].map(([, head = '']) => head.replace(/<[^>]*>/g, ' ').trim().replace(/\s+/g, '  '))
  const longestFirst = [...new Set(heads)].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((text, head) => text.replaceAll(` ${head} `, ''), ` ${words.join('  ')} `).trim().split(/ +/)
}

test('the PDF says what the command line\'s PDF of the same snapshot says, and can do nothing', async ({ launch, sample, folder }) => {
  test.setTimeout(120_000)
  const { app, page } = await launch()
  await page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()
  await openTab(page, 'Report')
  const [pdf, html, json, other] = ['desktop.pdf', 'report.html', 'snapshot.json', 'cli.pdf'].map(name => join(folder, name)) as [string, string, string, string]
  await exportAs(app, page, 'PDF', pdf)
  await exportAs(app, page, 'HTML', html)
  await exportAs(app, page, 'JSON', json)
  const document = readFileSync(html, 'utf8')
  writeFileSync(other, await printPdf(document, { env: process.env, signal: AbortSignal.timeout(60_000) }))

  const words = withoutHeads(await wordsOf(pdf), document)
  expect(words.length).toBeGreaterThan(1000)
  expect(words).toEqual(withoutHeads(await wordsOf(other), document))
  for (const path of [pdf, other])
    expect(readFileSync(path, 'latin1').match(ACTIVE)).toBeNull()
})
