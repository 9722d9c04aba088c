import { join } from 'node:path'
import type { Runtime } from './runtime'

/** How to start the program with a profile in `folder`. */
export const commandLine = ({ executable, args }: Runtime, folder: string, more: string[]): { executablePath: string, args: string[] } =>
  ({ executablePath: executable, args: [...args, `--user-data-dir=${join(folder, 'profile')}`, ...more] })

/** This process's own, on the display; an Electron that this runs in must not be handed down. */
export function environment(display: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(inherited.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE')), DISPLAY: display }
}
