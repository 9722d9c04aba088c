import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../electron/menu'
import type { MenuActions, MenuState } from '../../../electron/menu/menu-facts'
import { shortcutsOf } from '../../../electron/menu/shortcuts'

const ID = 'a1'.repeat(32)

const state = (more: Partial<MenuState> = {}): MenuState =>
  ({ platform: 'linux', recentContainers: [], hasContainer: false, isRecording: false, isDevelopment: false, ...more })

/** What was done, in order. */
function recorder(): { actions: MenuActions, done: unknown[] } {
  const done: unknown[] = []
  return {
    done,
    actions: {
      send: command => done.push(command),
      openSnapshot: () => done.push('open a snapshot'),
      forgetRecentContainers: () => done.push('forget'),
      showAbout: () => done.push('about'),
    },
  }
}

const template = (of: MenuState): MenuItemConstructorOptions[] => menuTemplate(of, recorder().actions)

const childrenOf = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] => Array.isArray(submenu) ? submenu : []

/** Every entry that can be chosen, in the order of the menu bar. */
const entries = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap(item => Array.isArray(item.submenu) ? entries(item.submenu) : item.type === 'separator' ? [] : [item])

const titles = (items: readonly MenuItemConstructorOptions[]): (string | undefined)[] => items.map(({ label, role }) => label ?? role)

const find = (items: readonly MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions | undefined => entries(items).find(item => item.id === id)

describe.each(['darwin', 'linux'] as const)('the menus on %s', (platform) => {
  const all = entries(template(state({ platform, hasContainer: true, isDevelopment: true, recentContainers: [{ id: ID, name: 'web' }] })))

  it('have something to do behind every entry', () => {
    expect(all.filter(({ click, role }) => click === undefined && role === undefined)).toEqual([])
  })

  it('have no key and no id twice', () => {
    const keys = all.flatMap(({ accelerator }) => accelerator ? [accelerator] : [])
    const ids = all.flatMap(({ id }) => id === undefined ? [] : [id])
    expect([new Set(keys).size, new Set(ids).size]).toEqual([keys.length, ids.length])
  })

  it('end no group with a line, and begin none with one', () => {
    for (const { submenu } of template(state({ platform }))) {
      const kinds = (Array.isArray(submenu) ? submenu : []).map(({ type }) => type === 'separator' ? '-' : 'x').join('')
      expect(kinds).toMatch(/^x+(-x+)*$/)
    }
  })
})

it('are in the order and under the names of each platform', () => {
  expect({ darwin: titles(template(state({ platform: 'darwin' }))), linux: titles(template(state())) }).toEqual({
    darwin: ['Isoscope', '&File', '&Edit', '&View', 'window', '&Help'],
    linux: ['&File', '&Edit', '&View', '&Window', '&Help'],
  })
})

it('have Preferences, About and Quit where the platform has them', () => {
  const where = (platform: NodeJS.Platform, wanted: (item: MenuItemConstructorOptions) => boolean): (string | undefined)[] =>
    titles(template(state({ platform })).filter(menu => childrenOf(menu).some(wanted)))
  const places = (platform: NodeJS.Platform): unknown => ({
    preferences: where(platform, ({ id }) => id === 'preferences'),
    about: where(platform, ({ id }) => id === 'about'),
    quit: where(platform, ({ role }) => role === 'quit'),
  })
  expect({ darwin: places('darwin'), linux: places('linux') }).toEqual({
    darwin: { preferences: ['Isoscope'], about: ['Isoscope'], quit: ['Isoscope'] },
    linux: { preferences: ['&Edit'], about: ['&Help'], quit: ['&File'] },
  })
})

it('do what they say', () => {
  const { actions, done } = recorder()
  const menus = menuTemplate(state({ hasContainer: true, recentContainers: [{ id: ID, name: 'web' }] }), actions)
  for (const { click } of entries(menus).filter(({ id }) => id !== undefined))
    Reflect.apply(click ?? (() => done.push('nothing')), undefined, [])
  expect(done).toEqual([
    'open a snapshot',
    { command: 'openContainer', idPrefix: ID },
    'forget',
    { command: 'openSample' },
    { command: 'exportReport' },
    { command: 'goTo', page: 'preferences' },
    { command: 'readAgain' },
    { command: 'goTo', page: 'containers' },
    { command: 'goTo', page: 'engine' },
    { command: 'goTo', page: 'lab' },
    { command: 'goTo', page: 'help' },
    'about',
  ])
})

it.each([
  ['nothing', {}, { readAgain: false, exportReport: false, clearRecent: false }],
  ['a container', { hasContainer: true }, { readAgain: true, exportReport: true, clearRecent: false }],
  ['a recording', { hasContainer: true, isRecording: true }, { readAgain: false, exportReport: true, clearRecent: false }],
])('can be chosen as far as they make sense while %s is shown', (_what, more, expected) => {
  const menus = template(state(more))
  expect(Object.fromEntries(Object.keys(expected).map(id => [id, find(menus, id)?.enabled]))).toEqual(expected)
})

it('reload the page only for whoever works on Isoscope', () => {
  const roles = (isDevelopment: boolean): unknown[] =>
    entries(template(state({ isDevelopment }))).filter(({ role }) => role === 'reload' || role === 'toggleDevTools').map(({ role, accelerator }) => [role, accelerator])
  expect([roles(false), roles(true)]).toEqual([[], [['reload', 'CommandOrControl+Shift+R'], ['toggleDevTools', undefined]]])
})

it('show a stranger\'s name as text', () => {
  expect(find(template(state({ recentContainers: [{ id: ID, name: 'a&b\u202Ec' }] })), `recent.${ID}`)?.label).toBe('a&&b\\u202ec')
})

it('tell their keys as the platform writes them', () => {
  const keys = (platform: NodeJS.Platform): string[] => shortcutsOf(template(state({ platform })), platform).map(shortcut => `${shortcut.does}: ${shortcut.keys}`)
  expect({ darwin: keys('darwin'), linux: keys('linux') }).toEqual({
    darwin: ['Preferences: ⌘,', 'Open Snapshot: ⌘O', 'Export Report: ⌘E', 'Read Again: ⌘R', 'Containers: ⌘1', 'Engine: ⌘2', 'Guided Lab: ⌘3', 'Keyboard Shortcuts: ⌘/'],
    linux: ['Open Snapshot: Ctrl+O', 'Export Report: Ctrl+E', 'Preferences: Ctrl+,', 'Read Again: Ctrl+R', 'Containers: Ctrl+1', 'Engine: Ctrl+2', 'Guided Lab: Ctrl+3', 'Keyboard Shortcuts: F1'],
  })
})
