import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { addContext } from '../support/docker-config'
import { type FakeEngine, listed, startFakeEngine } from '../support/fake-engine'

// The same in each process that reads this file: the host is started with it.
const FOLDER = join(tmpdir(), 'isoscope-e2e-engines')
const [ONE, TWO] = [join(FOLDER, 'one.sock'), join(FOLDER, 'two.sock')]
process.env['DOCKER_CONFIG'] = join(FOLDER, 'docker')

/** The engine with the container `only-of-one`. */
export const DOCKER_HOST = `unix://${ONE}`
export const SECOND_VERSION = { Version: '27.2.0', ApiVersion: '1.46', MinAPIVersion: '1.24', Platform: { Name: 'Second Engine' } }

export interface TwoEngines {
  readonly second: FakeEngine
  readonly end: () => Promise<void>
}

/** DOCKER_HOST; the context "second", with the container `only-of-two`; and the context "away", where nothing is. */
export async function startTwoEngines(): Promise<TwoEngines> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  addContext(join(FOLDER, 'docker'), 'second', { Host: `unix://${TWO}` })
  addContext(join(FOLDER, 'docker'), 'away', { Host: `unix://${join(FOLDER, 'away.sock')}` })
  const first = await startFakeEngine({ '/containers/json': [listed('only-of-one')] }, ONE)
  const second = await startFakeEngine({ '/version': SECOND_VERSION, '/containers/json': [listed('only-of-two')] }, TWO)
  return {
    second,
    end: async () => {
      await Promise.all([first.end(), second.end()])
      rmSync(FOLDER, { recursive: true, force: true })
    },
  }
}

export const inRail = (page: Page, name: string): Locator => page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name })
export const endpointRow = (page: Page, name: RegExp): Locator => page.getByRole('list', { name: 'Endpoints' }).getByRole('button', { name })

/** The host keeps a choice, also for the next test. */
export async function chooseUsual(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await page.getByRole('button', { name: 'Choose as the docker command does' }).click()
  await expect(inRail(page, 'only-of-one')).toBeVisible()
}
