import type { Page } from '@playwright/test'
import { removeAll, startContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage, ensureStaticImage } from '../../support/test-images'
import { expect, test } from './desktop-app'

test.afterAll(removeAll)

async function openToolbox(page: Page, name: string, image: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name }).click()
  await page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: 'Shell' }).click()
  await page.getByRole('button', { name: 'Open a toolbox…' }).click()
  await page.getByRole('combobox', { name: 'Image with the tools' }).fill(image)
  await page.getByRole('button', { name: 'Run the toolbox' }).click()
  await expect(page.getByRole('tabpanel').getByRole('status')).toHaveText('Open.')
}

test('a toolbox is gone when the application is quit, and after the next start when it was killed', async ({ launch }) => {
  const image = await ensureBusyboxImage()
  const { id, name } = await startContainer({ name: 'desktop-toolbox', image: await ensureStaticImage(), flags: ['--network=none'], command: ['/sleep', '10000'] })
  const toolboxes = async (): Promise<number> => (await docker('ps', '--all', '--quiet', '--filter', 'label=io.isoscope.temporary=toolbox')).split('\n').filter(box => box !== '').length
  const before = await toolboxes()

  const { app, page } = await launch()
  await openToolbox(page, name, image)
  expect(await toolboxes()).toBe(before + 1)
  await app.close()
  await expect.poll(toolboxes).toBe(before)

  const killed = await launch()
  await openToolbox(killed.page, name, image)
  const box = await docker('ps', '--quiet', '--latest', '--filter', 'label=io.isoscope.temporary=toolbox')
  const boxName = await docker('inspect', '--format', '{{slice .Name 1}}', box)
  killed.app.process().kill('SIGKILL')
  await killed.app.close().catch(() => {})
  expect(await toolboxes()).toBe(before + 1)

  const again = await launch()
  await expect.poll(toolboxes).toBe(before)
  await again.page.getByRole('complementary').getByRole('link', { name: /^Engine/ }).click()
  await expect(again.page.getByRole('region', { name: 'What Isoscope did' })).toContainText(`docker rm --force --volumes ${boxName}`)
  expect(await docker('inspect', '--format', '{{.State.Running}}', id)).toBe('true')
})
