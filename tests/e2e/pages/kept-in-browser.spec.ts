import type { Page } from '@playwright/test'
import { expect, openTab, test } from '../app'

const open = (page: Page): Promise<void> => page.getByRole('link', { name: 'Preferences' }).click()

test('live counts are asked for as often as was chosen', async ({ page, openApp }) => {
  const asked: unknown[] = []
  page.on('websocket', socket => socket.on('framesent', ({ payload }) => {
    const frame = JSON.parse(String(payload))
    if (frame.name === 'live.watch')
      asked.push(frame.input.everyMs)
  }))
  await openApp()
  await open(page)
  await page.getByRole('radio', { name: '0.5 s' }).check()
  await page.getByRole('navigation', { name: 'Containers' }).getByRole('link').last().click()
  await openTab(page, 'Processes')
  await expect.poll(() => asked).toEqual([500])
})

test('what a browser keeps is said, is checked when it is read, and names no engine', async ({ page, openApp }) => {
  await page.addInitScript(() => localStorage.setItem('isoscope.preferences', '{"theme":"purple","liveEveryMs":1}'))
  await openApp('sample')
  await open(page)
  await expect(page.getByText('They are kept in this browser.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'As the system' })).toBeChecked()
  await expect(page.getByRole('radio', { name: '2 s' })).toBeChecked()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Theme', 'Live counts', 'Reports'])
})
