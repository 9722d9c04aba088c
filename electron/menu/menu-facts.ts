import type { MenuItemConstructorOptions } from 'electron'
import type { HostCommand } from '../../shared/contract/contract'
import type { RecentContainer } from '../recent-containers'

/** What the menus show besides their words. */
export interface MenuState {
  readonly platform: NodeJS.Platform
  readonly recentContainers: readonly Pick<RecentContainer, 'id' | 'name'>[]
  /** A container is shown, and whether it is one of a recording. */
  readonly hasContainer: boolean
  readonly isRecording: boolean
  /** Reloading the page and its tools are for whoever works on Isoscope. */
  readonly isDevelopment: boolean
}

/** What entries do that are no role of the platform. */
export interface MenuActions {
  readonly send: (command: HostCommand) => void
  readonly openSnapshot: () => void
  readonly forgetRecentContainers: () => void
  readonly showAbout: () => void
}

export type Entries = MenuItemConstructorOptions[]

export const SEPARATOR = { type: 'separator' } as const

/** In the application's own menu on macOS, in Edit elsewhere. */
export const preferencesEntry = ({ send }: MenuActions): MenuItemConstructorOptions => ({
  id: 'preferences',
  label: 'Preferences…',
  accelerator: 'CommandOrControl+,',
  click: () => send({ command: 'goTo', page: 'preferences' }),
})

/** In the application's own menu on macOS, in Help elsewhere. */
export const aboutEntry = ({ showAbout }: MenuActions): MenuItemConstructorOptions =>
  ({ id: 'about', label: 'About Isoscope', click: showAbout })
