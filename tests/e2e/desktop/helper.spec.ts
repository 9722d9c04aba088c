import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { HELPER_LABEL } from '../../../engine/sources/action-gate'
import { docker } from '../../support/docker'
import { type Desktop, expect, test as base } from './desktop-app'

const OWN_IMAGE = 'isoscope-helper'

/** The helper containers that the engine has, running or not. */
const helpers = async (): Promise<string[]> => (await docker('ps', '--all', '--quiet', '--filter', `label=${HELPER_LABEL}`)).split('\n').filter(id => id !== '')

/** Starts the application with a `/proc` of its own, which cannot be the engine's: as where the engine is on another machine. */
const test = base.extend<{ launchElsewhere: () => Promise<Desktop> }>({
  launchElsewhere: async ({ launchIn, runtime, folder }, use) => {
    const script = join(folder, 'elsewhere.sh')
    writeFileSync(script, `#!/bin/sh\nexec unshare --pid --fork --kill-child --mount-proc '${runtime.executable}' "$@"\n`)
    chmodSync(script, 0o755)
    await use(() => launchIn({ executablePath: script }))
  },
})

const openSample = (page: Page, sample: string): Promise<void> => page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: sample }).click()
const panel = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('region', { name: 'Helper container' })
const wall = (page: Page, verdict: string): ReturnType<Page['getByRole']> => page.getByRole('button', { name: `Mount namespace: ${verdict}` })

test('the helper container is asked for once, remembered, and ends with leave or with Isoscope', async ({ launchElsewhere, sample, folder }) => {
  test.setTimeout(180_000)
  expect(await helpers()).toEqual([])
  const kept = (): unknown => JSON.parse(readFileSync(join(folder, 'profile/preferences.json'), 'utf8')).helperEngines

  await test.step('nothing runs before it was allowed, and a missing fact leads to the question', async () => {
    const { app, page } = await launchElsewhere()
    await openSample(page, sample)
    await expect(wall(page, 'unknown')).toBeVisible()
    expect(await helpers()).toEqual([])
    await wall(page, 'unknown').click()
    await page.getByRole('link', { name: 'About the helper container' }).click()
    await expect(panel(page)).toBeInViewport()
    await panel(page).getByRole('button', { name: 'Let it run on this engine' }).click()
    await expect(panel(page)).toContainText('allowed')
    await openSample(page, sample)
    await expect(wall(page, 'private')).toBeVisible({ timeout: 30_000 })
    expect(await helpers()).toHaveLength(1)
    await expect(page.getByRole('link', { name: 'What would know more?' })).toHaveCount(0)
    // Nor is it among the containers.
    await expect(page.getByRole('navigation', { name: 'Containers' })).not.toContainText(OWN_IMAGE)
    await app.close()
    await expect.poll(helpers, { timeout: 20_000 }).toEqual([])
    expect(kept()).toHaveLength(1)
  })

  await test.step('the next start does not ask again, and what was allowed can be taken back', async () => {
    const { app, page } = await launchElsewhere()
    await openSample(page, sample)
    await expect(wall(page, 'private')).toBeVisible({ timeout: 30_000 })
    expect(await helpers()).toHaveLength(1)
    await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
    await panel(page).getByRole('button', { name: 'Do not let it run any more' }).click()
    await expect.poll(helpers, { timeout: 20_000 }).toEqual([])
    await expect(panel(page)).toContainText('not allowed')
    expect(kept()).toEqual([])
    await openSample(page, sample)
    await expect(wall(page, 'unknown')).toBeVisible({ timeout: 30_000 })
    await app.close()
  })

  await test.step('nor does it come back by itself', async () => {
    const { page } = await launchElsewhere()
    await openSample(page, sample)
    await expect(wall(page, 'unknown')).toBeVisible({ timeout: 30_000 })
    expect(await helpers()).toEqual([])
  })
})
