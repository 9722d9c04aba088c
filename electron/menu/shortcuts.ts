import type { MenuItemConstructorOptions } from 'electron'
import type { Shortcut } from '../../shared/contract/contract'

/** The keys of our own entries, as the platform writes them; those of its roles (Copy, Minimize) everybody knows. */
export function shortcutsOf(template: readonly MenuItemConstructorOptions[], platform: NodeJS.Platform): Shortcut[] {
  return template
    .flatMap(({ submenu }) => Array.isArray(submenu) ? submenu : [])
    .flatMap(({ id, label, accelerator }) => id !== undefined && label !== undefined && accelerator
      ? [{ keys: keysOf(accelerator, platform), does: label.replaceAll('&', '').replace('…', '') }]
      : [])
}

/** `CommandOrControl+R` is `⌘R` on macOS, `Ctrl+R` elsewhere. */
const keysOf = (accelerator: string, platform: NodeJS.Platform): string => platform === 'darwin'
  ? accelerator.replace(/Command(OrControl)?\+/, '⌘')
  : accelerator.replace('CommandOrControl', 'Ctrl')
