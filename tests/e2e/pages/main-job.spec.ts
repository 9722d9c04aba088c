import { execFile } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace-type'
import { docker } from '../../support/docker'
import { ensureNodeapp } from '../../support/nodeapp'
import { expect, openTab, test } from '../app'

const NAME = 'nodeapp-container'
/** The first Chromium whose Electron (28) can write a tagged PDF, with its title among the document's facts. */
const WRITES_TAGS = 120
const run = promisify(execFile)

/** What other programs and the kernel say of the container now. */
async function askOracles(): Promise<{ hostPid: number, walls: [type: string, inside: string, host: string][], insidePids: string[], hostname: string }> {
  const hostPid = Number(await docker('inspect', '--format', '{{.State.Pid}}', NAME))
  const insideNumber = (type: string): string => readlinkSync(`/proc/${hostPid}/ns/${type}`).replace(/\D/g, '')
  const hostNumber = (type: string): string => readlinkSync(`/proc/self/ns/${type}`).replace(/\D/g, '')
  // `ps` counts itself, which has gone when the page looks.
  const rows = (await docker('exec', NAME, 'ps', '-eo', 'pid=,comm=')).split('\n').map(row => row.trim().split(/\s+/)).filter(([, comm]) => comm !== 'ps')
  return {
    hostPid,
    walls: NAMESPACE_TYPES.map(type => [type, insideNumber(type), hostNumber(type)]),
    insidePids: rows.map(([pid]) => pid ?? ''),
    hostname: await docker('exec', NAME, 'hostname'),
  }
}

const chromiumMajor = (page: Page): Promise<number> => page.evaluate(() => Number(/Chrome\/(\d+)/.exec(navigator.userAgent)?.[1]))

const hostPids = (): string[] => readdirSync('/proc').filter(name => /^\d+$/.test(name))

test.beforeAll(ensureNodeapp)

test('a person picks the container, walks every page and keeps the report as PDF', async ({ page, openApp, expectAccessible, exported }) => {
  test.setTimeout(180_000)
  const oracles = await askOracles()
  await openApp()
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  const before = hostPids()
  await page.getByRole('main').getByRole('row', { name: NAME }).getByText(NAME, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible()
  const facts = page.getByRole('table', { name: 'The same things inside and on the host' })
  await expect(facts).toBeVisible()
  const after = hostPids()

  const verdicts = oracles.walls.map(([type, inside, host]): [string, string] => [type, inside === host ? 'host' : 'private'])
  await expect(page.getByRole('list', { name: 'The boundary: eight namespaces' }).getByRole('button')).toHaveText(verdicts.map(([type, verdict]) => `${type}${verdict}`))
  const boundary = page.getByRole('table', { name: /eight namespaces/ })
  for (const [type, inside, host] of oracles.walls)
    await expect(boundary.getByRole('row', { name: type })).toHaveText(new RegExp(`${inside}\\s*${host}`))
  const [, insideCount, hostCount] = (await facts.getByRole('row', { name: /^Processes/ }).innerText()).split(/[\t\n]+/)
  expect(insideCount).toBe(String(oracles.insidePids.length))
  const shownHostCount = Number(hostCount?.replace(/\D/g, ''))
  // Processes come and go while a browser runs: those that were there before and after are counted, and no more than all that were seen and a few between.
  expect(shownHostCount).toBeGreaterThanOrEqual(before.filter(pid => after.includes(pid)).length - 2)
  expect(shownHostCount).toBeLessThanOrEqual(new Set([...before, ...after]).size + 10)
  await expect(facts.getByRole('row', { name: /^Hostname/ })).toHaveText(new RegExp(`${oracles.hostname}\\s*${hostname()}`))

  for (const tab of ['Overview', 'Processes', 'Files', 'Network', 'Resources', 'Logs', 'Run', 'Security', 'Compare', 'Report']) {
    await openTab(page, tab)
    await expect(page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page')
    await expectAccessible()
  }

  await page.getByRole('radio', { name: /^PDF/ }).check()
  const { path } = await exported(() => page.getByRole('button', { name: 'Export PDF' }).click())
  const { stdout } = await run('pdftotext', ['-layout', path, '-'])
  const text = stdout.replace(/[\s\u202f]+/g, ' ')
  expect(text).toContain(NAME)
  expect(text).toContain(oracles.hostname)
  expect(text).toContain(hostname())
  for (const [type, verdict] of verdicts)
    expect(text).toMatch(new RegExp(`\\b${type} ${verdict}\\b`))
  for (const [type, inside, host] of oracles.walls)
    expect(text, type).toMatch(new RegExp(`${inside}.{0,40}${host}`))
  expect(text).toContain(`How many processes are there? ${oracles.insidePids.length} processes ${shownHostCount} processes`)
  if (await chromiumMajor(page) >= WRITES_TAGS) {
    const { stdout: info } = await run('pdfinfo', [path])
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(new RegExp(`Title:.*${NAME}`))
  }
})

test('choosing a process marks the same one on both sides, under both its numbers', async ({ page, openApp }) => {
  const worker = (await docker('top', NAME, '-o', 'pid')).split('\n').at(-1)?.trim() ?? ''
  await openApp()
  await page.getByRole('main').getByRole('row', { name: NAME }).getByText(NAME, { exact: true }).click()
  await openTab(page, 'Processes')
  const inside = page.getByRole('grid', { name: 'Processes inside the container' })
  await inside.getByRole('row').filter({ hasText: worker }).click()
  await expect(page.getByRole('grid', { name: 'Processes on the host' }).getByRole('row', { selected: true })).toContainText(worker)
})
