import type { ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { type FakeEngine, listed, startFakeEngine } from '../../support/fake-engine'
import { SMALLEST_INSPECT } from '../../support/smallest-inspect'
import { expect, openTab, test as base } from '../app'

const RUNNING = 500
const STOPPED = 5000
/** The one that is opened. */
const CHOSEN = 'running-0250'

/** An engine's answer holds more than what is shown of it. */
const LABELS = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`com.example.label-${index}`, 'a value of some forty characters, as usual']))
const nameOf = (word: string, index: number): string => `${word}-${String(index).padStart(4, '0')}`
const listOf = (stoppedCount: number): object[] => [
  ...Array.from({ length: RUNNING }, (_, index) => listed(nameOf('running', index), { Image: 'registry.example:5000/team/app', Status: 'Up 3 hours', Labels: LABELS })),
  ...Array.from({ length: stoppedCount }, (_, index) => listed(nameOf('stopped', index), { State: 'exited', Status: 'Exited (0) 2 days ago', Labels: LABELS })),
]
const idOf = (name: string): string => String(Reflect.get(listed(name), 'Id'))

interface Crowd {
  readonly engine: FakeEngine
  /** The streams of events that were asked for. */
  readonly events: ServerResponse[]
  /** What the chosen one uses, as the engine tells it until it is told otherwise. */
  memoryBytes: number
}

const test = base.extend<object, { crowd: Crowd }>({
  crowd: [async ({}, use) => {
    const inspected = Array.from({ length: RUNNING }, (_, index): [string, object] => {
      const name = nameOf('running', index)
      return [`/containers/${idOf(name)}/json`, { ...SMALLEST_INSPECT, Id: idOf(name), Name: `/${name}`, State: { Status: 'running', Pid: 4_000_000 + index } }]
    })
    const engine = await startFakeEngine(Object.fromEntries(inspected))
    const crowd: Crowd = { engine, events: [], memoryBytes: 0 }
    engine.replies.set('/events', (_request, response) => {
      crowd.events.push(response)
      response.writeHead(200).flushHeaders()
    })
    engine.replies.set(`/containers/${idOf(CHOSEN)}/stats`, (_request, response) => {
      const timer = setInterval(() => response.write(`${JSON.stringify({ read: new Date().toISOString(), memory_stats: { usage: crowd.memoryBytes } })}\n`), 100)
      response.writeHead(200).once('close', () => clearInterval(timer))
    })
    await use(crowd)
    await engine.end()
  }, { scope: 'worker' }],
  dockerHost: [async ({ crowd: { engine } }, use) => use(engine.address), { scope: 'worker' }],
})

/** More elements than this can only be there when something draws each container. */
const MOST_ELEMENTS = 3000
/** In which nothing else is drawn and no key is heard; ten times what it takes on a quiet machine, and a tenth of what drawing them all takes. */
const LONGEST_BLOCK_MS = 800

/** The longest time, in milliseconds, for which the page's own work held it up since this was asked the last time. */
const longestBlockMs = (page: Page): Promise<number> => page.evaluate(async () => {
  // Whoever observes hears of a task after it.
  await new Promise(resolve => setTimeout(resolve))
  return Math.max(0, ...Reflect.get(window, 'blocksForTest').splice(0))
})

test.beforeEach(async ({ page, openApp, crowd: { engine } }) => {
  engine.replies.set('/containers/json', listOf(STOPPED))
  await page.addInitScript(() => {
    const blocks: number[] = []
    Reflect.set(window, 'blocksForTest', blocks)
    new PerformanceObserver(list => blocks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] })
  })
  await openApp()
  await expect(page.getByText(`${RUNNING} of ${RUNNING + STOPPED} running`)).toBeVisible({ timeout: 15_000 })
})

test('thousands are listed, walked, searched and kept up to date, and the page is never held up', async ({ page, crowd: { engine, events } }) => {
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(MOST_ELEMENTS)
  const rail = page.getByRole('navigation', { name: 'Containers' })
  await expect(rail.getByRole('link', { name: nameOf('running', 0) })).toBeVisible()
  await rail.getByRole('list').evaluate(list => list.parentElement?.scrollTo(0, list.scrollHeight))
  await expect(rail.getByRole('link', { name: nameOf('stopped', STOPPED - 1) })).toBeVisible()
  await page.getByRole('main').getByRole('row', { name: nameOf('running', 0) }).focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('main').getByRole('row', { name: nameOf('stopped', STOPPED - 1) })).toBeFocused()

  engine.replies.set('/containers/json', listOf(STOPPED - 1))
  events.at(-1)?.write('{"Action":"destroy"}\n')
  await expect(page.getByText(`${RUNNING} of ${RUNNING + STOPPED - 1} running`)).toBeVisible()
  await expect(rail.getByRole('link', { name: nameOf('stopped', STOPPED - 1) })).toHaveCount(0)

  await rail.getByRole('searchbox').pressSequentially('stopped-49')
  await expect(rail.getByRole('listitem').first()).toHaveText(new RegExp(`${nameOf('stopped', 4900)}$`))
  await expect(rail.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '99')
  await page.getByRole('main').getByRole('searchbox').pressSequentially(CHOSEN)
  await expect(page.getByRole('main').getByRole('row', { name: CHOSEN })).toBeVisible()
  expect(await longestBlockMs(page)).toBeLessThan(LONGEST_BLOCK_MS)
})

test('one of thousands is opened, and its live counts go on while the list changes', async ({ page, crowd }) => {
  await page.getByRole('main').getByRole('searchbox').fill(CHOSEN)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: CHOSEN })).toBeVisible({ timeout: 15_000 })
  await openTab(page, 'Resources')
  await longestBlockMs(page)
  for (let gone = 1; gone <= 5; gone += 1) {
    crowd.engine.replies.set('/containers/json', listOf(STOPPED - gone))
    crowd.events.at(-1)?.write('{"Action":"destroy"}\n')
    crowd.memoryBytes = (gone + 40.3) * 1024 ** 2
    await expect(page.getByRole('main').getByText(`${gone + 40}.3 MiB`, { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: /^Containers/ })).toHaveText(`Containers ${RUNNING + STOPPED - gone}`)
  }
  expect(await longestBlockMs(page)).toBeLessThan(LONGEST_BLOCK_MS)
})
