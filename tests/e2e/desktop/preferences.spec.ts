import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { DEFAULT_PREFERENCES } from '../../../shared/model/preferences'
import { addContext } from '../../support/docker-config'
import { listed, startFakeEngine } from '../../support/fake-engine'
import { expect, test } from './desktop-app'

/** Where the engine of this run listens. */
const SOCKET = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '')

const openPreferences = (page: Page): Promise<void> => page.getByRole('link', { name: 'Preferences' }).click()

test('what is chosen is kept in the profile, and the window\'s theme follows', async ({ launch, folder }) => {
  const first = await launch()
  await expect(first.page.getByRole('heading', { level: 1, name: 'Containers' })).toBeVisible()
  await first.page.getByRole('button', { name: 'Understood' }).click()
  await openPreferences(first.page)
  await first.page.getByRole('main').getByRole('radio', { name: 'Dark' }).check()
  await first.page.getByRole('radio', { name: '5 s', exact: true }).check()
  const kept = (): unknown => JSON.parse(readFileSync(join(folder, 'profile/preferences.json'), 'utf8'))
  await expect.poll(kept).toEqual({ ...DEFAULT_PREFERENCES, theme: 'dark', liveEveryMs: 5_000, hasReadWelcome: true })
  expect(await first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
  await first.app.close()

  const second = await launch()
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
  await expect(second.page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  await expect(second.page.getByRole('button', { name: 'Understood' })).toHaveCount(0)
  await openPreferences(second.page)
  await expect(second.page.getByRole('radio', { name: '5 s', exact: true })).toBeChecked()
})

test('a broken file is told, and the defaults hold until the next choice writes it anew', async ({ launch, folder }) => {
  const first = await launch()
  await first.app.close()
  writeFileSync(join(folder, 'profile/preferences.json'), '{"theme":')
  const { page } = await launch()
  await openPreferences(page)
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('could not be read')
  await expect(page.getByRole('main').getByRole('radio', { name: 'As the system' })).toBeChecked()
  await page.getByRole('main').getByRole('radio', { name: 'Light' }).check()
  await expect(page.getByRole('group', { name: 'Problem' })).toHaveCount(0)
  await expect.poll(() => readFileSync(join(folder, 'profile/preferences.json'), 'utf8')).toContain('"theme": "light"')
})

test('another address is asked at once, what came of it is said, and the way back works', async ({ launch, sample, folder }) => {
  const { page } = await launch()
  await expect(page.getByRole('main').getByRole('row', { name: sample })).toBeVisible()
  await openPreferences(page)
  const engine = page.getByRole('region', { name: 'Engine' })
  await engine.getByRole('radio', { name: 'One at an address' }).check()

  await engine.getByRole('textbox', { name: 'Address of the engine' }).fill('npipe://far')
  await page.keyboard.press('Enter')
  await expect(engine.getByRole('status')).toContainText('npipe://far (Preferences) was not tried: ')
  await engine.getByRole('link', { name: 'All about the engine' }).click()
  await expect(page.getByRole('row', { name: 'npipe://far' }).getByRole('cell').first()).toHaveText('Preferences')

  await openPreferences(page)
  await engine.getByRole('textbox', { name: 'Address of the engine' }).fill(SOCKET)
  await engine.getByRole('button', { name: 'Use it' }).click()
  await expect(engine.getByRole('status')).toContainText(`unix://${SOCKET}`)
  await expect(page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name: sample })).toBeVisible()
  await expect.poll(() => JSON.parse(readFileSync(join(folder, 'profile/preferences.json'), 'utf8')).engineAddress).toBe(SOCKET)

  await engine.getByRole('radio', { name: 'Find it' }).check()
  await expect(engine.getByRole('textbox')).toHaveCount(0)
  await expect.poll(() => JSON.parse(readFileSync(join(folder, 'profile/preferences.json'), 'utf8')).engineAddress).toBeNull()
})

test('an engine that was chosen is asked again after a start, unless DOCKER_HOST names another, and which it is and why is said', async ({ launchIn, sample, folder }) => {
  const second = await startFakeEngine({ '/containers/json': [listed('only-of-two')] })
  addContext(join(folder, 'docker'), 'second', { Host: second.address })
  const around = { DOCKER_CONFIG: join(folder, 'docker'), DOCKER_CONTEXT: '' }
  const engineCard = (page: Page): Locator => page.getByRole('region', { name: 'How it was found' })
  const inRail = (page: Page, name: string): Locator => page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name })
  const openEngine = (page: Page): Promise<void> => page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()

  await test.step('chosen', async () => {
    const { app, page } = await launchIn({ env: { ...around, DOCKER_HOST: '' } })
    await page.getByRole('button', { name: 'Choose an engine' }).click()
    // Where no engine answers yet, the page behind the dialog lists the same ones.
    await page.getByRole('dialog').getByRole('button', { name: /^context "second"/ }).click()
    await expect(inRail(page, 'only-of-two')).toBeVisible()
    await expect.poll(() => JSON.parse(readFileSync(join(folder, 'profile/preferences.json'), 'utf8')).endpointId).not.toBeNull()
    await app.close()
  })
  await test.step('remembered', async () => {
    const { app, page } = await launchIn({ env: { ...around, DOCKER_HOST: '' } })
    await expect(inRail(page, 'only-of-two')).toBeVisible()
    await openEngine(page)
    await expect(engineCard(page)).toContainText('You chose it last, and the preferences remember it.')
    await app.close()
  })
  await test.step('set aside', async () => {
    const { page } = await launchIn({ env: { ...around, DOCKER_HOST: `unix://${SOCKET}` } })
    await expect(inRail(page, sample)).toBeVisible()
    await openEngine(page)
    await expect(engineCard(page)).toContainText(/DOCKER_HOST names it for this run\..*You chose context "second" last/)
  })
  await second.end()
})
