import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from './desktop-app'

/** The page is loaded and the engine has answered: the picker lists the sample. */
export const listIsThere = (page: Page, sample: string): Promise<void> =>
  expect(page.getByRole('main').getByRole('row', { name: sample })).toBeVisible()

/** The window has shown itself, which it does with its first paint. */
export const isShown = (app: ElectronApplication): Promise<void> =>
  expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true)
