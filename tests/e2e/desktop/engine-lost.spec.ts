import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPrivateEngine } from '../../../build/testing/private-engine.mjs'
import { expect, test as base } from './desktop-app'
import { processTree, stillRunning } from './processes'

const run = promisify(execFile)

type PrivateEngine = Awaited<ReturnType<typeof startPrivateEngine>>

/** A dockerd of this file's own, which may be killed. */
const test = base.extend<object, { engine: PrivateEngine }>({
  engine: [async ({}, use) => {
    const engine = await startPrivateEngine()
    await use(engine)
    await engine.remove()
  }, { scope: 'worker', timeout: 90_000 }],
})

/** How many listen to the engine's events, by its own count. */
const listeners = async ({ address }: PrivateEngine): Promise<number> =>
  Number((await run('docker', ['--host', address, 'info', '--format', '{{.NEventsListener}}'])).stdout)

test('an engine that is killed is told within two seconds, over the list as it was, and the list goes on by itself', async ({ launchIn, engine }) => {
  test.setTimeout(120_000)
  const { page } = await launchIn({ env: { DOCKER_HOST: engine.address } })
  await expect(page.getByText('This engine has no containers')).toBeVisible()
  await engine.kill()
  await expect(page.getByRole('group', { name: 'Problem' }).first()).toBeVisible({ timeout: 2_000 })
  await expect(page.locator('.picker')).toHaveClass(/is-stale/)
  await engine.start()
  await expect(page.getByRole('group', { name: 'Problem' })).toHaveCount(0, { timeout: 20_000 })
  await expect(page.locator('.picker')).not.toHaveClass(/is-stale/)
})

test('quitting leaves no process, no open stream and no temporary file', async ({ launchIn, engine, folder }) => {
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  await expect.poll(() => listeners(engine)).toBe(0)
  const { app } = await launchIn({ env: { DOCKER_HOST: engine.address, TMPDIR: temporary } })
  await expect.poll(() => listeners(engine)).toBe(1)
  const pid = app.process().pid
  const processes = pid === undefined ? [] : processTree(pid)
  expect(processes.length).toBeGreaterThan(4)
  await app.close()
  await expect.poll(() => stillRunning(processes)).toEqual([])
  await expect.poll(() => listeners(engine)).toBe(0)
  expect(readdirSync(temporary)).toEqual([])
})

test('a main process that is killed takes the engine\'s process with it', async ({ launchIn, engine }) => {
  const { app } = await launchIn({ env: { DOCKER_HOST: engine.address } })
  await expect.poll(() => listeners(engine)).toBe(1)
  const pid = app.process().pid
  const processes = pid === undefined ? [] : processTree(pid)
  app.process().kill('SIGKILL')
  await expect.poll(() => stillRunning(processes), { timeout: 10_000 }).toEqual([])
  await expect.poll(() => listeners(engine)).toBe(0)
})
