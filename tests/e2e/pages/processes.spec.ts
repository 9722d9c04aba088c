import { expect, openTab, sample, test } from '../app'

const other = sample.processes.find(({ hostPid }) => hostPid !== sample.container.hostPid) ?? sample.processes[0]

test.beforeEach(async ({ page, openApp }) => {
  await openApp('sample')
  await openTab(page, 'Processes')
  await expect(page.getByRole('grid', { name: 'Processes inside the container' })).toBeVisible()
})

test('every process inside is listed with both of its numbers', async ({ page }) => {
  const inside = page.getByRole('grid', { name: 'Processes inside the container' })
  for (const { pid, hostPid } of sample.processes)
    await expect(inside.getByRole('row', { name: new RegExp(`^${pid} ${hostPid} `) })).toBeVisible()
})

test('choosing a process marks it on both sides and shows it from both', async ({ page }) => {
  const inside = page.getByRole('grid', { name: 'Processes inside the container' })
  const host = page.getByRole('grid', { name: 'Processes on the host' })
  await inside.getByRole('row', { name: new RegExp(`^${other?.pid} ${other?.hostPid} `) }).click()
  await expect(inside.getByRole('row', { selected: true })).toHaveText(new RegExp(`^${other?.pid}\\s*${other?.hostPid}`))
  await expect(host.getByRole('row', { selected: true })).toHaveText(new RegExp(`^${other?.hostPid}`))
  await expect(host.getByRole('row', { selected: true })).toBeInViewport()
  const detail = page.getByRole('region', { name: 'The chosen process from both sides' })
  await expect(detail).toContainText(`PID inside${other?.pid}`)
  await expect(detail).toContainText(`PID on the host${other?.hostPid}`)
})

test('the host side is walked with the keyboard, far beyond what is drawn', async ({ page }) => {
  const host = page.getByRole('grid', { name: 'Processes on the host' })
  const last = Math.max(...sample.hostProcesses.map(({ pid }) => pid))
  await host.getByRole('row', { selected: true }).focus()
  await page.keyboard.press('Home')
  await expect(host.getByRole('row', { name: /^1 / })).toBeFocused()
  await page.keyboard.press('End')
  await expect(host.getByRole('row', { name: new RegExp(`^${last} `) })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(host.getByRole('row', { selected: true })).toHaveText(new RegExp(`^${last}`))
})

test('the filter narrows both sides and says by how much', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Filter processes on both sides' }).fill(String(sample.container.hostPid))
  await expect(page.getByText(`1 of ${sample.processes.length}`)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter processes on both sides' }).fill('no process is called so')
  await expect(page.getByText('No process matches')).toHaveCount(2)
})

test('as a tree, children stand below their parent and fold away with the arrow key', async ({ page }) => {
  await page.getByRole('checkbox', { name: 'As a tree' }).check()
  const host = page.getByRole('treegrid', { name: 'Processes on the host' })
  await page.getByRole('searchbox').fill(sample.container.name)
  const parent = host.getByRole('row', { expanded: true }).first()
  const count = await host.getByRole('row').count()
  await parent.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(host.getByRole('row', { expanded: false }).first()).toBeFocused()
  expect(await host.getByRole('row').count()).toBeLessThan(count)
})

test('the chart of both counts has its table one key away', async ({ page }) => {
  const chart = page.getByRole('img', { name: 'Processes inside and on the host over time' })
  await expect(chart.getByText(`inside ${sample.processCounts.inside}`)).toBeVisible()
  await page.getByRole('button', { name: /^Table:/ }).press('Enter')
  const table = page.getByRole('table', { name: 'Processes inside and on the host over time' })
  await expect(table.getByRole('row').nth(1)).toHaveText(new RegExp(`${sample.processCounts.inside}\\s*${sample.processCounts.host}`))
})

test('the processes page is accessible, as lists and as trees', async ({ page, expectAccessible }) => {
  await expectAccessible()
  await page.getByRole('checkbox', { name: 'As a tree' }).check()
  await expectAccessible()
})

test('in the smallest window no heading of a side is cut', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 })
  const headings = page.locator('.half h2')
  await expect(headings).toHaveText(['Inside the container', /^Host/])
  expect(await headings.evaluateAll(found => found.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))).toEqual([0, 0])
})
