import { readdirSync, readlinkSync } from 'node:fs'
import { once } from 'node:events'
import { NAMESPACE_TYPES } from '../../../shared/model/namespace-type'
import { docker } from '../../support/docker'
import { processTree, stillRunning } from '../desktop/processes'
import { expect, test } from './packed-app'

test('the packed application lists, picks, shows eight namespaces and both counts, and leaves no process', async ({ start, sample }) => {
  const started = await start()
  const { page } = started
  await expect(page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/isoscope\/index\.html/)
  const pid = await docker('inspect', '--format', '{{.State.Pid}}', sample)
  const namespaceOf = (process: string, type: string): string => readlinkSync(`/proc/${process}/ns/${type}`)
  const verdicts = NAMESPACE_TYPES.map(type => `${type}${namespaceOf(pid, type) === namespaceOf('self', type) ? 'host' : 'private'}`)
  // `ps` lists itself too, which has gone when the page looks.
  const inside = (await docker('exec', sample, 'ps', '-e', '-o', 'comm=')).split('\n').filter(command => command !== 'ps').length
  const countHost = (): number => readdirSync('/proc').filter(name => /^\d+$/.test(name)).length

  const before = countHost()
  await page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
  await expect(page.getByRole('list', { name: 'The boundary: eight namespaces' }).getByRole('listitem')).toHaveText(verdicts)
  const facts = page.getByRole('table', { name: 'The same things inside and on the host' })
  const [, shownInside, shownHost] = (await facts.getByRole('row', { name: /^Processes/ }).innerText()).split(/[\t\n]+/)
  expect(shownInside).toBe(String(inside))
  // Processes come and go on a machine that runs tests.
  expect(Math.abs(Number(shownHost?.replace(/\D/g, '')) - before)).toBeLessThan(60)
  expect(started.console).toEqual([])

  const processes = processTree(started.process.pid ?? 0)
  expect(processes.length).toBeGreaterThan(3)
  const ended = once(started.process, 'exit')
  await page.close()
  await ended
  await expect.poll(() => stillRunning(processes)).toEqual([])
})

test('carries the recording with it', async ({ start }) => {
  const { page } = await start({ args: ['--sample'] })
  await expect(page.getByRole('heading', { level: 1, name: 'nodeapp-container' })).toBeVisible()
  await expect(page.getByText(/recording/i).first()).toBeVisible()
})
