import { expect, sample, test } from '../app'
import { formatCount } from '../../../shared/text/format-count'

test.beforeEach(async ({ openApp }) => openApp('sample'))

test('eight namespaces stand in fixed order, each with its verdict and its pair of numbers', async ({ page }) => {
  const strip = page.getByRole('list', { name: 'The boundary: eight namespaces' })
  await expect(strip.getByRole('button')).toHaveText(sample.namespaces.map(({ type, verdict }) => `${type}${verdict}`))
  const rows = page.getByRole('table', { name: /eight namespaces/ }).getByRole('row')
  for (const [index, { type, container, host, verdict }] of sample.namespaces.entries())
    await expect(rows.nth(index + 1)).toHaveText(new RegExp(`${type}\\s*${container}\\s*${host}\\s*${verdict}`))
})

test('the counts and names of both sides stand beside each other', async ({ page }) => {
  const facts = page.getByRole('table', { name: 'The same things inside and on the host' })
  const { processCounts, hostname, files } = sample
  await expect(facts.getByRole('row', { name: /^Processes/ })).toHaveText(new RegExp(`${formatCount(processCounts.inside ?? 0)}\\s*${formatCount(processCounts.host ?? 0)}`))
  await expect(facts.getByRole('row', { name: /^Hostname/ })).toHaveText(new RegExp(`${hostname.inside}\\s*${hostname.host}`))
  await expect(facts.getByRole('row', { name: /^Names in/ })).toHaveText(new RegExp(`${files.rootInside?.length}\\s*${files.rootHost?.length}`))
})

test('a wall opens its evidence: source, time and the command that shows the same', async ({ page }) => {
  await page.getByRole('button', { name: /^PID namespace/ }).click()
  const evidence = page.getByRole('dialog', { name: 'PID namespace' })
  const source = sample.namespaces.find(({ type }) => type === 'pid')?.source
  await expect(evidence).toContainText(source?.detail ?? 'no source')
  await expect(evidence).toContainText(source?.command ?? 'no command')
  await expect.poll(() => evidence.evaluate(dialog => dialog.contains(document.activeElement))).toBe(true)
  // A dialog that has just got the focus may not hear keys yet: who sees it stay presses again.
  await expect(async () => {
    await page.keyboard.press('Escape')
    await expect(evidence).toHaveCount(0, { timeout: 1000 })
  }).toPass()
  await expect(page.getByRole('button', { name: /^PID namespace/ })).toBeFocused()
})

test('the first process stands on both sides of the wall under its two numbers', async ({ page }) => {
  const main = sample.processes.find(({ hostPid }) => hostPid === sample.container.hostPid)
  const card = page.getByRole('region', { name: 'One process from both sides' })
  await expect(card).toContainText(`PID inside${main?.pid}`)
  await expect(card).toContainText(`PID on the host${main?.hostPid}`)
})

test('the whole overview is one screen at 1280 by 800', async ({ page }) => {
  await expect(page.getByRole('region', { name: 'What to look at first' })).toBeInViewport({ ratio: 1 })
})

test('the overview and its evidence are accessible', async ({ page, expectAccessible }) => {
  await expectAccessible()
  await page.getByRole('button', { name: /^Network namespace/ }).click()
  await expectAccessible()
})

test('a limit of three figures stands whole beside what the host has', async ({ page }) => {
  const limited = { ...sample, cgroup: { ...sample.cgroup, memory: { ...sample.cgroup.memory, limitBytes: 256 * 1024 ** 2 } } }
  await page.getByLabel('Snapshot file').setInputFiles({ name: 'limited.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(limited)) })
  const cell = page.getByRole('cell', { name: 'at most 256.0 MiB' })
  await expect(cell).toBeVisible()
  expect(await cell.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true)
})
