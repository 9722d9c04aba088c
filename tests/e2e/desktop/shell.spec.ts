import { removeAll, startContainer } from '../../support/containers'
import { docker } from '../../support/docker'
import { ensureBusyboxImage } from '../../support/test-images'
import { expect, test } from './desktop-app'

test.afterAll(removeAll)

test('who quits the application with a terminal open leaves nothing in the container', async ({ launch }) => {
  const { id, name } = await startContainer({ name: 'desktop-shell', image: await ensureBusyboxImage(), flags: ['--network=none'], command: ['sleep', '10000'] })
  const processes = async (): Promise<number> => (await docker('top', id, '-eo', 'pid')).split('\n').length - 1
  const { app, page } = await launch()
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link', { name }).click()
  await page.getByRole('navigation', { name: 'Pages of this container' }).getByRole('link', { name: 'Shell' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused()
  await page.keyboard.type('sleep 4321 &\n')
  await expect.poll(processes).toBe(3)
  await app.close()
  expect(await processes()).toBe(1)
})
