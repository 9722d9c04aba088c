import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from './desktop-app'
import { isShown, listIsThere } from './until-there'

const BOUNDS = { x: 90, y: 70, width: 1010, height: 690 }

const read = (app: ElectronApplication): Promise<unknown> => app.evaluate(({ BrowserWindow }) => {
  const [window] = BrowserWindow.getAllWindows()
  return { bounds: window?.getBounds(), zoomLevel: window?.webContents.getZoomLevel() }
})

test('a window opens where and as large as it was left, and as near', async ({ launch, folder, sample }) => {
  const first = await launch()
  // By then the page is loaded and the window has shown itself: what is set before would be set again by that.
  await listIsThere(first.page, sample)
  await isShown(first.app)
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds(bounds)
    window?.webContents.setZoomLevel(1)
  }, BOUNDS)
  await expect.poll(() => read(first.app)).toEqual({ bounds: BOUNDS, zoomLevel: 1 })
  await first.app.close()
  expect(JSON.parse(readFileSync(join(folder, 'profile/window-state.json'), 'utf8')))
    .toEqual({ bounds: BOUNDS, isMaximized: false, isFullScreen: false, zoomLevel: 1 })

  const second = await launch()
  await expect.poll(() => read(second.app)).toEqual({ bounds: BOUNDS, zoomLevel: 1 })
})

test('a window that was maximised, or filled the screen, is so again', async ({ launch, folder }) => {
  writeState(folder, JSON.stringify({ bounds: BOUNDS, isMaximized: true, isFullScreen: true, zoomLevel: 0 }))
  const { app } = await launch()
  // Whether it then is lies with the window manager, and there may be none.
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return window?.isVisible() && (window.isFullScreen() || window.isMaximized())
  })).toBe(true)
})

for (const [what, text] of [
  ['garbage', '{"bounds":{"x":"'],
  ['a place outside the displays', JSON.stringify({ bounds: { ...BOUNDS, x: 90_000 }, isMaximized: false, isFullScreen: false, zoomLevel: 0 })],
] as const) {
  test(`a file that holds ${what} gives a window that can be seen`, async ({ launch, folder }) => {
    writeState(folder, text)
    const { app } = await launch()
    expect(await app.evaluate(({ BrowserWindow, screen }) => {
      const bounds = BrowserWindow.getAllWindows()[0]?.getBounds()
      const { workArea } = screen.getPrimaryDisplay()
      return bounds && bounds.x >= workArea.x && bounds.y >= workArea.y && bounds.x + bounds.width <= workArea.x + workArea.width && bounds.y + bounds.height <= workArea.y + workArea.height
    })).toBe(true)
  })
}

function writeState(folder: string, text: string): void {
  mkdirSync(join(folder, 'profile'), { recursive: true })
  writeFileSync(join(folder, 'profile/window-state.json'), text)
}
