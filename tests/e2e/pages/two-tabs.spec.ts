import { expect, test } from '../app'
import { chooseUsual, DOCKER_HOST, endpointRow, inRail, startTwoEngines, type TwoEngines } from '../two-engines'

let engines: TwoEngines
test.use({ dockerHost: DOCKER_HOST })
test.beforeAll(async () => { engines = await startTwoEngines() })
test.afterAll(() => engines.end())

test('another tab of the same host follows', async ({ page, openApp, host }) => {
  await openApp()
  const other = await host.openPage({})
  await other.open()
  await expect(inRail(other.page, 'only-of-one')).toBeVisible()
  await page.getByRole('button', { name: 'Choose an engine' }).click()
  await endpointRow(page, /^context "second"/).click()
  await expect(inRail(other.page, 'only-of-two')).toBeVisible()
  await expect(other.page.getByText('only-of-one')).toHaveCount(0)
  await other.close()
  await chooseUsual(page)
})
