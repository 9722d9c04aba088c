import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'
import { DEFAULT_PREFERENCES, type Preferences } from '../../../shared/model/preferences'
import { commandLine, environment } from '../desktop/command-line'
import { prepareRuntime } from '../desktop/runtime'
import { openDisplay } from '../desktop/xvfb'
import type { ExportedFile, PageHost } from './host'

/** As the window of the web project is. */
const CONTENT = { width: 1280, height: 800 }

/** One Electron that runs for many tests: each gets a new document in its window, which remembers nothing of the one before. */
export async function startInElectron(dockerHost: string | null): Promise<PageHost> {
  const runtime = await prepareRuntime()
  const display = await openDisplay()
  const folder = mkdtempSync(join(tmpdir(), 'isoscope-desktop-'))
  const env = environment(display.name)
  const app = await _electron.launch({
    ...commandLine(runtime, folder, []),
    env: dockerHost === null ? env : { ...env, DOCKER_HOST: dockerHost },
  })
  const said: Buffer[] = []
  app.process().stdout?.on('data', chunk => said.push(chunk))
  app.process().stderr?.on('data', chunk => said.push(chunk))
  const page = await app.firstWindow()
  await app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), CONTENT)
  return {
    openPage: async () => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      // A test that made it smaller leaves it so.
      await page.setViewportSize(CONTENT)
      return {
        page,
        open: view => openDocument(page, view ? `#view=${view}` : ''),
        exported: (act, into) => exported(app, page, act, into),
        close: async () => {},
      }
    },
    said: () => Buffer.concat(said).toString(),
    stop: async () => {
      await app.close()
      await display.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Another fragment alone would keep the document; a reload makes a new one. The preferences are in no storage of its own. */
async function openDocument(page: Page, fragment: string): Promise<void> {
  await page.evaluate(forgetPreferences, DEFAULT_PREFERENCES)
  await page.evaluate((to) => {
    sessionStorage.clear()
    localStorage.clear()
    history.replaceState(null, '', location.pathname + to)
  }, fragment)
  await page.reload()
}

/** In the page: asks the host over the page's own pipe, with a number that the page itself does not come to, and waits for the answer. */
function forgetPreferences(input: Preferences): Promise<void> {
  const { isoscope } = window
  return new Promise((resolve) => {
    isoscope?.onFrame((text) => {
      if (Reflect.get(Object(JSON.parse(String(text))), 'id') === Number.MAX_SAFE_INTEGER)
        resolve()
    })
    isoscope?.send({ frame: 'call', id: Number.MAX_SAFE_INTEGER, name: 'preferences.write', input })
  })
}

/**
 * Answers the save dialog of the main process, and the one that Chromium opens for what a page made itself (a report of a
 * recording), as a person would who keeps the name and takes `folder`.
 */
async function exported(app: ElectronApplication, page: Page, act: () => Promise<void>, folder: string): Promise<ExportedFile> {
  const answer = await app.evaluateHandle(({ dialog, session }, into) => {
    const named = new Promise<string>((resolve) => {
      const native = dialog.showSaveDialog
      Reflect.set(dialog, 'showSaveDialog', async (_window: unknown, { defaultPath }: { defaultPath: string }) => {
        dialog.showSaveDialog = native
        resolve(defaultPath)
        return { canceled: false, filePath: `${into}/${defaultPath}` }
      })
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(`${into}/${item.getFilename()}`)
        item.once('done', () => resolve(item.getFilename()))
      })
    })
    return { named }
  }, folder)
  await act()
  const name = await answer.evaluate(({ named }) => named)
  await expect(page.getByText(/^(Saved as|Given to the browser as) /)).toBeVisible({ timeout: 60_000 })
  return { name, path: join(folder, name) }
}
