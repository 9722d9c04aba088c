import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { startPrivateEngine } from '../../../build/testing/private-engine.mjs'
import { dockerWith } from '../../support/docker'
import { ensureStaticImage } from '../../support/test-images'
import { openTab } from '../app'
import { startWebHost } from '../web-host'
import { FAULTS, type Victims } from './faults'
import { growthPerHour, readUsage, type Usage } from './usage'

const MINUTES = Number(process.env['ISOSCOPE_SOAK_MINUTES'] ?? 60)
/** Between two troubles. */
const CALM_MS = Number(process.env['ISOSCOPE_SOAK_CALM_SECONDS'] ?? 60) * 1000
/** After this the program has loaded and grown as it does once. A run that is shorter than twice this judges no growth of memory. */
const SETTLED_MS = 3_600_000
const MIB = 1024 * 1024
const [MOST_RSS_PER_HOUR, MOST_FILES_MORE] = [MIB, 2]
const KEPT = 'soak-kept'

test.setTimeout(MINUTES * 60_000 + 10 * 60_000)

const recovered = { timeout: 60_000, intervals: [200] }
/** By the page, and by docker. */
const shownNames = async (page: Page): Promise<string[]> => (await page.getByRole('navigation', { name: 'Containers' }).locator('li .cut').allInnerTexts()).sort()
const trueNames = async (env: NodeJS.ProcessEnv): Promise<string[]> => (await dockerWith(env, 'ps', '--all', '--format', '{{.Names}}')).split('\n').sort()

test(`trouble of every kind for ${MINUTES} minutes: what is shown is what the engine has, and nothing grows`, async ({ page }) => {
  const engine = await startPrivateEngine()
  const env = { ...process.env, DOCKER_HOST: engine.address }
  process.env['DOCKER_HOST'] = engine.address
  const host = startWebHost(engine.address)
  try {
    const image = await ensureStaticImage()
    await dockerWith(env, 'run', '--detach', '--restart=always', '--name', KEPT, image, '/sleep', '1000000')
    await page.goto(await host.takeLink())
    await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: KEPT }).click()
    await openTab(page, 'Processes')
    const victims: Victims = { engine, hostPid: host.pid, page, image }
    const usages: Usage[] = []
    const endsAt = performance.now() + MINUTES * 60_000
    const startedAt = performance.now()
    for (let turn = 0; turn < FAULTS.length || performance.now() < endsAt; turn += 1) {
      const fault = FAULTS[turn % FAULTS.length]
      await fault?.happen(victims)
      await expect.poll(() => shownNames(page), recovered).toEqual(await trueNames(env))
      await expect(page.getByRole('grid', { name: 'Processes inside the container' }).getByRole('row', { name: /^1 / })).toBeVisible({ timeout: recovered.timeout })
      await wait(CALM_MS)
      const usage = await readUsage(host.pid, page)
      usages.push(usage)
      process.stdout.write(`${((performance.now() - startedAt) / 60_000).toFixed(1)} min  host ${(usage.hostRssBytes / MIB).toFixed(1)} MiB, ${usage.hostFiles} files  page ${(usage.pageHeapBytes / MIB).toFixed(1)} MiB  after: ${fault?.name}\n`)
    }
    const settled = usages.filter(({ atMs }) => atMs - startedAt > Math.min(SETTLED_MS, MINUTES * 60_000 / 3))
    const growth = growthPerHour(settled, ({ hostRssBytes }) => hostRssBytes)
    process.stdout.write(`growth in an hour, by ${settled.length} looks after the first: host ${(growth / MIB).toFixed(2)} MiB, page ${(growthPerHour(settled, ({ pageHeapBytes }) => pageHeapBytes) / MIB).toFixed(2)} MiB\n`)
    expect((usages.at(-1)?.hostFiles ?? 0) - (usages[0]?.hostFiles ?? 0)).toBeLessThanOrEqual(MOST_FILES_MORE)
    if (MINUTES * 60_000 >= 2 * SETTLED_MS)
      expect(growth).toBeLessThan(MOST_RSS_PER_HOUR)
  }
  finally {
    await host.stop()
    await engine.remove()
  }
})
