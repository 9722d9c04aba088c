import type { ElectronApplication, Page } from '@playwright/test'
import type { Menu as ElectronMenu } from 'electron'
import { expect, test } from './desktop-app'

/** Chooses an entry of the menu bar by its id, as a person does; it has to be there and be enabled. */
const choose = (app: ElectronApplication, id: string): Promise<void> => app.evaluate(({ Menu }, wanted) => {
  const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
  if (!item?.enabled)
    throw new Error(`The menu has no entry ${wanted} that can be chosen.`)
  item.click()
}, id)

const isEnabled = (app: ElectronApplication, id: string) => (): Promise<boolean | undefined> =>
  app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled, id)

const heading = (page: Page, name: string): Promise<void> => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

test('entries lead to the pages that they name', async ({ launch }) => {
  const { app, page } = await launch()
  await heading(page, 'Containers')
  await choose(app, 'engine')
  await heading(page, 'Engine')
  await choose(app, 'lab')
  await heading(page, 'Guided lab')
  await choose(app, 'preferences')
  await heading(page, 'Preferences')
  await choose(app, 'containers')
  await heading(page, 'Containers')
  await choose(app, 'openSample')
  await heading(page, 'nodeapp-container')
  await expect(page.getByText('Recording of')).toBeVisible()
})

test('a container can be read again and reported while one is shown, and of a recording only reported', async ({ launch, sample }) => {
  const { app, page } = await launch()
  await heading(page, 'Containers')
  expect([await isEnabled(app, 'readAgain')(), await isEnabled(app, 'exportReport')()]).toEqual([false, false])

  await page.getByRole('main').getByRole('row', { name: sample }).getByText(sample, { exact: true }).click()
  await heading(page, sample)
  await expect.poll(isEnabled(app, 'readAgain')).toBe(true)
  const taken = page.getByRole('banner').locator('time').or(page.locator('header time')).first()
  const before = await taken.getAttribute('datetime')
  await choose(app, 'readAgain')
  await expect(taken).not.toHaveAttribute('datetime', before ?? '')
  await choose(app, 'exportReport')
  await expect(page.getByRole('button', { name: 'Export PDF' })).toBeVisible()

  await choose(app, 'openSample')
  await expect.poll(async () => [await isEnabled(app, 'readAgain')(), await isEnabled(app, 'exportReport')()]).toEqual([false, true])
})

test('the keys of the menus are in the help, and no key stands for two entries', async ({ launch }) => {
  const { app, page } = await launch()
  await heading(page, 'Containers')
  await choose(app, 'help')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const [does, keys] of [['Open Snapshot', 'Ctrl+O'], ['Read Again', 'Ctrl+R'], ['Preferences', 'Ctrl+,'], ['Keyboard Shortcuts', 'F1']] as const)
    await expect(sheet.getByRole('term').filter({ hasText: does }).locator('xpath=following-sibling::dd')).toHaveText(keys)

  const accelerators = await app.evaluate(({ Menu }) => {
    const all: string[] = []
    const add = (menu: ElectronMenu): void => {
      for (const item of menu.items) {
        const byRole: unknown = Reflect.get(item, 'getDefaultRoleAccelerator')
        const key: unknown = item.accelerator ?? (typeof byRole === 'function' ? Reflect.apply(byRole, item, []) : undefined)
        if (typeof key === 'string')
          all.push(key.toLowerCase().replace('commandorcontrol', 'control').replace('cmdorctrl', 'control').replace(/\bctrl\b/, 'control'))
        if (item.submenu)
          add(item.submenu)
      }
    }
    const menu = Menu.getApplicationMenu()
    if (menu)
      add(menu)
    return all
  })
  expect(accelerators.length).toBeGreaterThan(15)
  expect(accelerators.filter((key, index) => accelerators.indexOf(key) !== index)).toEqual([])
})

test('About names what runs here, and the engine that answers', async ({ launch, runtime }) => {
  const { app, page } = await launch()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  await app.evaluate(({ dialog }) => {
    Reflect.set(dialog, 'showMessageBox', async (_window: unknown, options: unknown) => {
      Reflect.set(globalThis, 'told', options)
      return { response: 0, checkboxChecked: false }
    })
  })
  await choose(app, 'about')
  const told = await app.evaluate(() => Reflect.get(globalThis, 'told'))
  expect(told.message).toMatch(/^Isoscope \d+\.\d+\.\d+$/)
  expect(told.detail.split('\n').slice(2)).toEqual([
    `Electron ${runtime.version}`,
    expect.stringMatching(/^Chromium \d+(\.\d+)+$/),
    expect.stringMatching(/^Node\.js \d+(\.\d+)+$/),
    expect.stringMatching(/^Engine: .*Docker.* API \d/),
  ])
})
