import { readFileSync } from 'node:fs'
import type { ElectronApplication, JSHandle, Page } from '@playwright/test'
import { expect, test } from './desktop-app'
import { startProcesses } from './many-processes'
import { connectionsToEngine } from './processes'
import { listIsThere } from './until-there'

const openContainer = (page: Page, sample: string): Promise<void> =>
  page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()

/** By what Electron says of its processes; 0: there is none at the moment. */
const enginePid = (app: ElectronApplication): Promise<number> => app.evaluate(({ app: electronApp }) =>
  electronApp.getAppMetrics().find(({ name, serviceName }) => [name, serviceName].includes('Isoscope engine'))?.pid ?? 0)

const killEngine = async (app: ElectronApplication): Promise<number> => {
  const pid = await enginePid(app)
  process.kill(pid, 'SIGKILL')
  return pid
}

test('the engine is asked from a process of its own, which is given no secret of whoever started Isoscope', async ({ launchIn, sample }) => {
  const { app, page } = await launchIn({ env: { GITHUB_TOKEN: 'of-the-test', NODE_OPTIONS: '--no-warnings' } })
  await listIsThere(page, sample)
  const pid = await enginePid(app)
  // One that nothing more is asked over ends after two seconds; that of the events stays.
  await expect.poll(() => connectionsToEngine(app.process().pid)).toBe(1)
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').map(line => line.slice(0, line.indexOf('=')))
  expect({
    mainPid: app.process().pid === pid,
    ofAll: connectionsToEngine(app.process().pid),
    ofEngine: connectionsToEngine(pid),
    secrets: names.filter(name => ['GITHUB_TOKEN', 'NODE_OPTIONS', 'DISPLAY'].includes(name)),
    hasPath: names.includes('PATH'),
  }).toEqual({ mainPid: false, ofAll: 1, ofEngine: 1, secrets: [], hasPath: true })
})

test('when its process ends, the list goes on in another one, and nothing is asked of the person', async ({ launch, sample }) => {
  const { app, page, console: heard } = await launch()
  await listIsThere(page, sample)
  const ended = await killEngine(app)
  await expect.poll(() => enginePid(app)).not.toBe(0)
  await expect.poll(() => connectionsToEngine(app.process().pid)).toBe(1)
  await listIsThere(page, sample)
  await expect(page.getByRole('group', { name: 'Problem' })).toHaveCount(0)
  expect({ isAnother: await enginePid(app) !== ended, heard }).toEqual({ isAnother: true, heard: [] })
})

test('a call that runs when its process ends fails with what happened, and the next one is answered', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  const pid = await enginePid(app)
  // Held, so that the call certainly runs when the process ends.
  process.kill(pid, 'SIGSTOP')
  const failed = await begin(page, 900_001, 'engine.status')
  // Answered by the main process, after it has passed on what came before.
  await (await begin(page, 900_002, 'host.describe')).evaluate(({ reply }) => reply)
  process.kill(pid, 'SIGKILL')
  expect(await failed.evaluate(({ reply }) => reply)).toMatchObject({ frame: 'failure', problem: { code: 'ENGINE_PROCESS_LOST' } })
  const answered = await begin(page, 900_003, 'engine.status')
  expect(await answered.evaluate(({ reply }) => reply)).toMatchObject({ frame: 'result', value: { tried: expect.any(Array) } })
})

/** Asks over the page's own bridge; `reply` resolves to the first reply. */
const begin = (page: Page, id: number, name: string): Promise<JSHandle<{ reply: Promise<unknown> }>> => page.evaluateHandle(call => {
  const { isoscope } = window
  const reply = new Promise((resolve) => {
    isoscope?.onFrame((text) => {
      const frame: unknown = JSON.parse(String(text))
      if (Reflect.get(Object(frame), 'id') === call.id)
        resolve(frame)
    })
  })
  isoscope?.send({ frame: 'call', id: call.id, name: call.name, input: {} })
  return { reply }
}, { id, name })

test('a process that ends again and again is started after growing pauses', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  const pausesMs: number[] = []
  for (let ends = 0; ends < 2; ends++) {
    const ended = await killEngine(app)
    const endedAtMs = performance.now()
    await expect.poll(async () => ![0, ended].includes(await enginePid(app)), { intervals: [20] }).toBe(true)
    pausesMs.push(performance.now() - endedAtMs)
  }
  expect(pausesMs.map(ms => ms >= 1_000)).toEqual([false, true])
  await listIsThere(page, sample)
})

test('a process of Chromium\'s own that ends is survived', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await listIsThere(page, sample)
  const pids = await app.evaluate(({ app: electronApp }) =>
    electronApp.getAppMetrics().filter(({ type, name, serviceName }) => type === 'GPU' || [name, serviceName].includes('Network Service')).map(({ pid }) => pid))
  expect(pids.length).toBeGreaterThan(0)
  pids.forEach(pid => process.kill(pid, 'SIGKILL'))
  await openContainer(page, sample)
  await expect(page.getByRole('heading', { level: 1, name: sample })).toBeVisible()
})

/** The longest time in which a timer of 4 ms did not come, in main, and the longest between two frames, in the page, in milliseconds. */
interface LongestGaps { main: number, frames: number, tookMs: number }

async function gapsDuring(app: ElectronApplication, page: Page, act: () => Promise<unknown>): Promise<LongestGaps> {
  const inMain = await app.evaluateHandle(() => {
    const seen = { longest: 0, last: performance.now(), timer: setInterval(() => {
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - seen.last)
      seen.last = now
    }, 4) }
    return seen
  })
  await page.evaluate(() => {
    const seen = { longest: 0, last: performance.now(), isOn: true }
    Reflect.set(window, 'gapsForTest', seen)
    const frame = (): void => {
      // Not the frame's own time, which stays in step with the screen when the page is late.
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - seen.last)
      seen.last = now
      if (seen.isOn)
        requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  const startedAtMs = performance.now()
  await act()
  const tookMs = performance.now() - startedAtMs
  const frames = await page.evaluate(() => {
    const seen = Reflect.get(window, 'gapsForTest')
    seen.isOn = false
    return seen.longest
  })
  const main = await inMain.evaluate((seen) => {
    clearInterval(seen.timer)
    return seen.longest
  })
  return { main, frames, tookMs }
}

/**
 * Main never sees the answer as objects, only its text (electron/engine-wire.ts), which is copied twice: a few milliseconds for
 * some megabytes. The page parses it once. A machine that is busy otherwise is late by itself: as much as it is when nothing is asked.
 */
const MAIN_LIMIT_MS = 50
const FRAME_LIMIT_MS = 100

test('a scan of 5,000 processes holds up neither the main process nor the window', async ({ launch, sample }) => {
  test.setTimeout(120_000)
  const stopProcesses = await startProcesses(5_000)
  try {
    const { app, page } = await launch()
    await listIsThere(page, sample)
    await openContainer(page, sample)
    const again = page.getByRole('button', { name: 'Read again' })
    await expect(again).toBeEnabled({ timeout: 30_000 })
    const scan = (): Promise<LongestGaps> => gapsDuring(app, page, async () => {
      await again.click()
      await expect(again).toBeEnabled({ timeout: 30_000 })
    })
    // What a scan holds up it holds up each time; what another program of the machine does, it does once.
    const scans = [await scan(), await scan(), await scan()]
    const scanning = { main: Math.min(...scans.map(({ main }) => main)), frames: Math.min(...scans.map(({ frames }) => frames)), tookMs: Math.max(...scans.map(({ tookMs }) => tookMs)) }
    const idle = await gapsDuring(app, page, () => page.waitForTimeout(scanning.tookMs))
    expect({
      isRealScan: scanning.tookMs > 300,
      main: scanning.main < Math.max(MAIN_LIMIT_MS, 3 * idle.main) || scanning,
      frames: scanning.frames < Math.max(FRAME_LIMIT_MS, 3 * idle.frames) || scanning,
    }).toEqual({ isRealScan: true, main: true, frames: true })
  }
  finally {
    await stopProcesses()
  }
})
