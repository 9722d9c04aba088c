import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from '../app'

test.use({ dockerHost: 'unix:///nonexistent/isoscope-test.sock' })

test('a lost connection is said, what was read stays, and the page goes on by itself', async ({ page, openApp }) => {
  const sockets: WebSocketRoute[] = []
  let isHostThere = true
  await page.routeWebSocket('**/wire', async (socket) => {
    sockets.push(socket)
    if (isHostThere)
      socket.connectToServer()
    else
      await socket.close()
  })
  await openApp()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()

  isHostThere = false
  await sockets[0]?.close()
  await expect(page.getByText('The connection to Isoscope is lost.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()

  isHostThere = true
  await expect(page.getByText('The connection to Isoscope is lost.')).toHaveCount(0)
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByRole('button', { name: 'Look again' })).toBeEnabled()
})

test('a link works once: the page that comes second says so and offers the sample', async ({ page, openApp, webHost }) => {
  await openApp()
  await page.evaluate(() => sessionStorage.clear())
  await webHost.takeLink()
  await page.goto('about:blank')
  await page.goBack()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Isoscope is not connected' })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Problem' })).toContainText('opened without its link')
  await expect(page.getByRole('main').getByRole('button', { name: 'Open the built-in sample' })).toBeVisible()
})
