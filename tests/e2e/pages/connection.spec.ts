import type { WebSocketRoute } from '@playwright/test'
import { expect, test as base } from '../app'
import { startWebHost, type WebHost } from '../web-host'

const test = base.extend<object, { webHost: WebHost }>({
  webHost: [async ({ dockerHost }, use) => {
    const webHost = startWebHost(dockerHost)
    await use(webHost)
    await webHost.stop()
  }, { scope: 'worker' }],
})

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

test('a link works once, and a page without one says what to do', async ({ page, webHost }) => {
  const link = await webHost.takeLink()
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'No Docker engine answers' })).toBeVisible()

  const second = await page.context().newPage()
  await second.goto(link)
  await expect(second.getByRole('group', { name: 'Problem' })).toContainText('Isoscope did not accept this link')
  await expect(second.getByRole('main').getByRole('button', { name: 'Open the built-in sample' })).toBeVisible()

  const third = await page.context().newPage()
  await third.goto(new URL('/', link).href)
  await expect(third.getByRole('group', { name: 'Problem' })).toContainText('This page was opened without its link')
})
